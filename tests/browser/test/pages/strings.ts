import { StringTable } from '@tracer/core'

// The smallest page that runs a package of the workspace.
const strings = new StringTable()
for (const text of ['a', 'b', 'a']) strings.intern(text)
document.title = `${strings.size} strings`
