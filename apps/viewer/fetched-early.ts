import type { HtmlTagDescriptor, Plugin } from 'vite'

/** Has the browser fetch what the first script imports when it is needed, while that one is still on its way. */
export function fetchedEarly(): Plugin {
  return {
    name: 'tracer:fetched-early',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((file) => file.type === 'chunk')
        const imported = new Set(chunks.flatMap(({ dynamicImports }) => dynamicImports))
        return [...imported].map((file): HtmlTagDescriptor => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
          injectTo: 'head',
        }))
      },
    },
  }
}
