import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import ts from 'typescript-eslint'

/**
 * What follows when a value of type `any` comes in from outside. `any` itself stays an error.
 *
 * @type {import('eslint').Linter.RulesRecord}
 */
const UNSAFE_ANY_OFF = Object.fromEntries(
  ['argument', 'assignment', 'call', 'member-access', 'return'].map((use) => [
    `@typescript-eslint/no-unsafe-${use}`,
    'off',
  ]),
)

export default defineConfig(
  globalIgnores(['**/dist/', '**/fixtures/', '**/test/programs/', '**/.turbo/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      curly: ['error', 'multi-line', 'consistent'],
      // `== null` is for syntax trees, where both null and undefined say that a part is missing.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        // `typeof import('./x.js')` has no other way to be said.
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      // `using _ = ...` holds what it never reads.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name each export: a public surface grows on purpose only.' },
      ],
    },
  },

  {
    name: 'files stay small',
    files: ['**/src/**', 'scripts/**'],
    rules: { 'max-lines': ['error', { max: 400 }] },
  },
  {
    name: 'libraries return results, applications print them',
    files: ['packages/*/src/**'],
    rules: { 'no-console': 'error' },
  },
  {
    name: 'the core runs outside Node too',
    files: ['packages/core/src/**'],
    ignores: ['packages/core/src/node/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['process', 'Buffer', 'global', 'setImmediate', 'require', 'module', '__dirname', '__filename'],
      ],
    },
  },
  {
    name: 'hooks keep the methods of Node that they replace, and give them their `this`',
    files: ['packages/loader/src/**', 'packages/adapter-*/src/**'],
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    name: 'tests may hold what a parser of JSON or a child process gives',
    files: ['**/test/**'],
    rules: { ...UNSAFE_ANY_OFF, '@typescript-eslint/unbound-method': 'off' },
  },
  {
    name: 'what Node starts before anything is built is a few lines, in no project of TypeScript',
    files: ['**/bin/*.js', 'packages/*/*.mjs'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false } },
  },
  {
    name: 'plain JavaScript is type-checked by TypeScript',
    files: ['**/*.js', '**/*.mjs'],
    rules: {
      // TypeScript knows the globals of Node.
      'no-undef': 'off',
      // These do not see that a JSDoc comment gives an `any` its type.
      ...UNSAFE_ANY_OFF,
    },
  },
)
