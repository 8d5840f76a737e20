function fall(depth) {
  if (depth === 0) throw new Error('down')
  return fall(depth - 1)
}
function caught() {}
function after() {}
try {
  fall(4)
} catch {
  caught()
}
after()
