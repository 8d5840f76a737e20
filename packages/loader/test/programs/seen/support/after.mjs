export async function imported() { await null; return [imported.toString(), new Error('i').stack.split('\n')[1], import.meta.url] }
