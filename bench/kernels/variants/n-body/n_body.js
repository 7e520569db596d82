const SOLAR_MASS = 39.47841760435743
const DAYS = 365.24
const STEP = 0.01

class Body {
  constructor(x, y, z, vx, vy, vz, mass) {
    this.x = x
    this.y = y
    this.z = z
    this.vx = vx * DAYS
    this.vy = vy * DAYS
    this.vz = vz * DAYS
    this.mass = mass * SOLAR_MASS
  }
}

function solarSystem() {
  const bodies = [
    new Body(0, 0, 0, 0, 0, 0, 1),
    new Body(
      ...[4.841431442464721, -1.1603200440274284, -0.10362204447112311],
      ...[0.001660076642744037, 0.007699011184197404, -0.0000690460016972063, 0.0009547919384243266],
    ),
    new Body(
      ...[8.34336671824458, 4.124798564124305, -0.4035234171143214],
      ...[-0.0027674251072641104, 0.004998528012349172, 0.00002304172975737639, 0.0002858859806661308],
    ),
    new Body(
      ...[12.894369562139131, -15.111151401698631, -0.22330757889265573],
      ...[0.002964601375647616, 0.0023784717395948095, -0.00002965895685402376, 0.00004366244043351563],
    ),
    new Body(
      ...[15.379697114850917, -25.919314609987964, 0.17925877295037118],
      ...[0.0026806777249038932, 0.001628241700382423, -0.00009515922545197159, 0.00005151389020466115],
    ),
  ]
  let px = 0
  let py = 0
  let pz = 0
  for (const b of bodies) {
    px += b.vx * b.mass
    py += b.vy * b.mass
    pz += b.vz * b.mass
  }
  const sun = bodies[0]
  sun.vx = -px / SOLAR_MASS
  sun.vy = -py / SOLAR_MASS
  sun.vz = -pz / SOLAR_MASS
  return bodies
}

function advance(bodies) {
  for (let i = 0; i < bodies.length; i++) {
    const a = bodies[i]
    for (let j = i + 1; j < bodies.length; j++) {
      const b = bodies[j]
      const dx = a.x - b.x
      const dy = a.y - b.y
      const dz = a.z - b.z
      const distance = dx * dx + dy * dy + dz * dz
      const force = STEP / (distance * Math.sqrt(distance))
      a.vx -= dx * b.mass * force
      a.vy -= dy * b.mass * force
      a.vz -= dz * b.mass * force
      b.vx += dx * a.mass * force
      b.vy += dy * a.mass * force
      b.vz += dz * a.mass * force
    }
  }
  for (const b of bodies) {
    b.x += STEP * b.vx
    b.y += STEP * b.vy
    b.z += STEP * b.vz
  }
}

function energy(bodies) {
  let e = 0
  for (let i = 0; i < bodies.length; i++) {
    const a = bodies[i]
    e += 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
    for (let j = i + 1; j < bodies.length; j++) {
      const b = bodies[j]
      const dx = a.x - b.x
      const dy = a.y - b.y
      const dz = a.z - b.z
      e -= (a.mass * b.mass) / Math.sqrt(dx * dx + dy * dy + dz * dz)
    }
  }
  return e
}

export function run(steps) {
  const bodies = solarSystem()
  for (let i = 0; i < steps; i++) advance(bodies)
  return energy(bodies)
}
