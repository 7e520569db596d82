/** The fewest lines of a text that still show something: halves are left out first, then ever smaller pieces. */
export async function fewestLines(
  text: string,
  shows: (candidate: string) => boolean | Promise<boolean>,
): Promise<string> {
  let lines = text.split('\n')
  for (let size = lines.length >> 1; size > 0; size >>= 1) {
    for (let at = 0; at < lines.length; ) {
      const fewer = [...lines.slice(0, at), ...lines.slice(at + size)]
      if (await shows(fewer.join('\n'))) lines = fewer
      else at += size
    }
  }
  return lines.join('\n')
}
