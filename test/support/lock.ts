import { readFileSync } from 'node:fs'

type LockedPackage = {
  resolved?: string
  integrity?: string
  link?: boolean
  inBundle?: boolean
  optionalDependencies?: Record<string, string>
}
export type Lock = { packages: Record<string, LockedPackage> }

/** The places where npm would look for `name` as seen from the package at `path`, nearest first. */
function lookups(path: string, name: string): string[] {
  const places = [`${path === '' ? '' : `${path}/`}node_modules/${name}`]
  for (let at = path.lastIndexOf('/node_modules/'); at > 0; at = path.lastIndexOf('/node_modules/', at - 1)) {
    places.push(`${path.slice(0, at)}/node_modules/${name}`)
  }
  places.push(`node_modules/${name}`)
  return places
}

function missingOptionals(lock: Lock, path: string, { optionalDependencies = {} }: LockedPackage): string[] {
  return Object.keys(optionalDependencies)
    .filter(name => !lookups(path, name).some(place => place in lock.packages))
    .map(name => `${name}, wanted by ${path === '' ? 'package.json' : path}, has no entry`)
}

function downloadFaults(path: string, { link, inBundle, integrity, resolved }: LockedPackage): string[] {
  if (path === '' || link === true) return []
  const faults: string[] = []
  if (integrity === undefined && inBundle !== true) faults.push(`${path} has no integrity`)
  if (resolved !== undefined && /^(?:git\+)?\w+:\/\//.test(resolved))
    faults.push(`${path} carries a download address`)
  return faults
}

/**
 * Name everything in a lock that keeps `npm ci` from passing elsewhere: an optional dependency without an entry
 * (npm then refuses the whole lock), a package without its hash, a download address.
 */
export function lockFaults(lock: Lock): string[] {
  return Object.entries(lock.packages).flatMap(([path, entry]) => [
    ...missingOptionals(lock, path, entry),
    ...downloadFaults(path, entry),
  ])
}

export function readLock(): Lock {
  return JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'))
}
