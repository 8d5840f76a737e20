// traces: messages, yielded
const nothing = {}, make = (...values) => values.length
const cases = [
  async () => (await 1).work(),
  async () => (await 1)(),
  async () => new (await 1)(),
  async () => (await null)`text`,
  async () => { const { data } = await null },
  async () => { const { data: { more } } = await nothing },
  async () => { let data; ({ data } = await undefined) },
  async () => (({ data }) => data)(await null),
  async () => make(...(await null)),
  async () => [...(await null)],
  async () => (await null).data,
  async () => { (await null).data = 1 },
  async () => (await 1)?.work(),
  async () => nothing[await 'work'](),
  async () => new nothing(await 1),
  async () => { class Derived extends (await 1) {} },
  async () => 'data' in (await 1),
  async () => (await (await nothing).load()).work(),
]
async function messages() {
  for (const run of cases) try { console.log(await run()) } catch (error) { console.log(error.message) }
}
function* yielded() {
  try { (yield 1).work() } catch (error) { console.log(error.message) }
  const { data } = yield 2
}
messages().then(() => {
  const all = yielded()
  try { all.next(); all.next(1); all.next(null) } catch (error) { console.log(error.message) }
})
