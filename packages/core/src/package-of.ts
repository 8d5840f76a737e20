/** What the project's own code counts as, which is in no package of `node_modules`. */
export const OWN_CODE = '(app)'

/** What code of Node.js itself counts as. */
export const BUILT_IN = 'node:'

const INSTALLED = /^.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/s

/** The package a source file belongs to: `eta`, `@babel/core`; `(app)` for code outside `node_modules`, `node:` for built-ins. */
export function packageOf(file: string): string {
  if (file.startsWith(BUILT_IN)) return BUILT_IN
  return INSTALLED.exec(`/${file}`)?.[1].replace('\\', '/') ?? OWN_CODE
}
