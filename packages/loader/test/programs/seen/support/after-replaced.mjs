export async function imported() { await null; return imported.toString() }
