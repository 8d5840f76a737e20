// traces: where
// args:
// args: --preserve-symlinks
// args: --preserve-symlinks --preserve-symlinks-main
const where = () => [__filename, module.paths[0], require.main === module, process.argv[1], require.resolve('./support/linked.cjs'), require('./support/linked.cjs').name()]
let seen; try { seen = where() } catch (error) { seen = [__filename, error.code, error.requireStack] }
console.log(JSON.stringify(seen))
