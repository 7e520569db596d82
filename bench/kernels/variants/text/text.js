export function run(n) {
  const lines = []
  for (let i = 0; i < n; i++) {
    const key = `key ${i}`
    lines.push(`${key}: ${i * 7};`)
  }
  const text = lines.join('\n')
  let count = 0
  for (let at = text.indexOf('77'); at >= 0; at = text.indexOf('77', at + 2)) count++
  return text.length + count / 1000000
}
