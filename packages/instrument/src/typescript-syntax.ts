import type { VisitorObject } from 'oxc-parser'

/** Notices syntax that has to be transformed, not just blanked out, to become JavaScript. */
export class TypeScriptSyntax {
  isErasable = true

  readonly visitor: VisitorObject = {
    TSEnumDeclaration: ({ declare }) => this.#notice(declare),
    TSModuleDeclaration: ({ declare, body }) => {
      this.#notice(declare || body?.type !== 'TSModuleBlock' || body.body.every(({ type }) => TYPES_ONLY.has(type)))
    },
    TSParameterProperty: () => this.#notice(false),
    TSImportEqualsDeclaration: ({ importKind }) => this.#notice(importKind === 'type'),
    TSTypeAssertion: () => this.#notice(false),
    Decorator: () => this.#notice(false),
    JSXElement: () => this.#notice(false),
    JSXFragment: () => this.#notice(false),
  }

  #notice(isErased: boolean): void {
    if (!isErased) this.isErasable = false
  }
}

const TYPES_ONLY: ReadonlySet<string> = new Set(['TSInterfaceDeclaration', 'TSTypeAliasDeclaration'])
