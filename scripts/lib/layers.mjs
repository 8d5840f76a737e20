import { builtinModules } from 'node:module'
import { join, posix } from 'node:path'
import { SOURCE_EXTENSIONS, readImports } from './imports.mjs'
import { ARROWS, PORTABLE, allowedFor, matches, PAGES } from './layer-rules.mjs'
import { ROOT, listFiles, readMembers } from './workspace.mjs'

/**
 * What is wrong with the arrows between packages, and the arrows themselves.
 *
 * @typedef {object} LayerReport
 * @property {string[]} problems one sentence each, with the file and what to do
 * @property {{ from: string, to: string }[]} arrows folders, each pair once
 */

/**
 * One use of a package of the workspace, in source or in a package.json.
 *
 * @typedef {{ to: import('./workspace.mjs').Member, place: string }} Use
 */

/**
 * Compares what each package imports and what its package.json lists, with the rules.
 *
 * @param {string} [root]
 * @param {{ arrows?: typeof ARROWS, portable?: typeof PORTABLE }} [rules]
 * @returns {LayerReport}
 */
export function checkLayers(root = ROOT, { arrows: allowed = ARROWS, portable = PORTABLE } = {}) {
  const members = readMembers(root)
  /** @type {LayerReport} */
  const report = { problems: [], arrows: [] }
  for (const member of members) {
    const imports = readMemberImports(root, member)
    const imported = workspaceUses(imports, members, member)
    const listed = listedUses(members, member)
    report.problems.push(
      ...checkArrows(member, [...imported, ...listed], allowed),
      ...checkDeclared(member, imported, listed),
      ...checkPaths(member, imports),
      ...checkPortable(imports, portable),
    )
    const targets = new Set([...imported, ...listed].map((use) => use.to.folder))
    for (const to of [...targets].sort()) report.arrows.push({ from: member.folder, to })
  }
  return report
}

/** The arrows as a Graphviz graph. @param {LayerReport['arrows']} arrows */
export function formatDot(arrows) {
  const lines = arrows.map(({ from, to }) => `  "${from}" -> "${to}"`)
  return ['digraph tracer {', '  rankdir=BT', ...lines, '}'].join('\n')
}

/**
 * @typedef {{ file: string, line: number, specifier: string }} FileImport `file` from the root
 *
 * @param {string} root
 * @param {import('./workspace.mjs').Member} member
 * @returns {FileImport[]}
 */
function readMemberImports(root, member) {
  return listFiles(join(root, member.folder), SOURCE_EXTENSIONS).flatMap((path) => {
    const file = `${member.folder}/${path}`
    return readImports(join(root, file)).map((found) => ({ file, ...found }))
  })
}

/**
 * @param {readonly FileImport[]} imports
 * @param {readonly import('./workspace.mjs').Member[]} members
 * @param {import('./workspace.mjs').Member} self
 * @returns {Use[]}
 */
function workspaceUses(imports, members, self) {
  return imports.flatMap(({ file, line, specifier }) => {
    const to = members.find(({ name }) => packageName(specifier) === name)
    return to && to !== self ? [{ to, place: `${file}:${line}` }] : []
  })
}

/**
 * @param {readonly import('./workspace.mjs').Member[]} members
 * @param {import('./workspace.mjs').Member} self
 * @returns {Use[]}
 */
function listedUses(members, { folder, manifest }) {
  const { dependencies, devDependencies, peerDependencies, optionalDependencies } = manifest
  const listed = { ...dependencies, ...devDependencies, ...peerDependencies, ...optionalDependencies }
  return members.filter(({ name }) => name in listed).map((to) => ({ to, place: `${folder}/package.json` }))
}

/**
 * @param {import('./workspace.mjs').Member} member
 * @param {readonly Use[]} uses
 * @param {typeof ARROWS} arrows
 */
function checkArrows({ folder }, uses, arrows) {
  const allowed = allowedFor(folder, arrows)
  if (!allowed) return [`${folder}: has no row in scripts/lib/layer-rules.mjs; decide there what it may use.`]
  return uses
    .filter(({ to }) => !allowed.some((pattern) => matches(pattern, to.folder)))
    .map(({ to, place }) => {
      const list = allowed.join(', ') || 'no package of the workspace'
      return `${place}: ${folder} may not use ${to.folder}, only ${list}; move the code, or pass it in.`
    })
}

/**
 * Imports and package.json have to agree. What `src` of a published package imports has to be there
 * for its users too.
 *
 * @param {import('./workspace.mjs').Member} member
 * @param {readonly Use[]} imported
 * @param {readonly Use[]} listed
 */
function checkDeclared({ folder, manifest }, imported, listed) {
  const shipped = { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies }
  const undeclared = imported.flatMap(({ to, place }) => {
    if (!listed.some((use) => use.to === to)) {
      return [`${place}: imports ${to.name}, which ${folder}/package.json does not list; add it.`]
    }
    if (!manifest.private && !PAGES.includes(folder) && place.startsWith(`${folder}/src/`) && !(to.name in shipped)) {
      return [`${place}: imports ${to.name}, which users would not get; move it to "dependencies".`]
    }
    return []
  })
  const unused = listed
    .filter(({ to }) => !imported.some((use) => use.to === to))
    .map(({ to, place }) => `${place}: lists ${to.name}, which nothing imports; remove it.`)
  return [...undeclared, ...unused]
}

/**
 * A package is used by its name: a path into it would bypass what it exports, and these checks.
 *
 * @param {import('./workspace.mjs').Member} member
 * @param {readonly FileImport[]} imports
 */
function checkPaths({ folder }, imports) {
  return imports
    .filter(({ file, specifier }) => specifier.startsWith('.') && leaves(folder, file, specifier))
    .map(({ file, line, specifier }) => `${file}:${line}: ${specifier} lies in another package; import it by name.`)
}

/**
 * Whether a relative import ends up in another package. The root's presets and scripts are for all.
 *
 * @param {string} folder
 * @param {string} file
 * @param {string} specifier
 */
function leaves(folder, file, specifier) {
  const target = posix.join(posix.dirname(file), specifier)
  const shared = !target.includes('/') || target.startsWith('scripts/')
  return !shared && !target.startsWith(`${folder}/`)
}

/**
 * @param {readonly FileImport[]} imports
 * @param {typeof PORTABLE} portable
 */
function checkPortable(imports, portable) {
  return imports
    .filter(({ file, specifier }) => {
      const bound = portable.find(
        ({ folder, except }) => file.startsWith(folder) && !(except && file.startsWith(except)),
      )
      return bound && !specifier.startsWith('.') && !bound.uses?.includes(specifier)
    })
    .map(({ file, line, specifier }) => {
      const what = isBuiltin(specifier) ? 'a module of Node' : 'a dependency'
      return `${file}:${line}: imports ${specifier}, ${what}, but has to run anywhere; move it or pass it in.`
    })
}

/** @param {string} specifier */
function isBuiltin(specifier) {
  return specifier.startsWith('node:') || builtinModules.includes(specifier)
}

/** `@scope/name` of `@scope/name/path`. @param {string} specifier */
function packageName(specifier) {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}
