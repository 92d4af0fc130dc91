const CHUNK = 65_536;

/**
 * The pieces of a body, gathered into chunks: one string where all of it fits into a chunk, else a stream of them.
 * The first chunk is made before this resolves, so a failure in it can still be answered as an error.
 */
export async function streamed(pieces: AsyncGenerator<string>): Promise<string | AsyncIterable<string>> {
  const first = await gather(pieces);
  if (first.done) return first.text;
  return (async function* chunks(): AsyncGenerator<string> {
    yield first.text;
    for (let next = await gather(pieces); ; next = await gather(pieces)) {
      yield next.text;
      if (next.done) return;
    }
  })();
}

async function gather(pieces: AsyncGenerator<string>): Promise<{ text: string; done: boolean }> {
  let text = '';
  while (text.length < CHUNK) {
    const { value, done } = await pieces.next();
    if (done === true) return { text, done: true };
    text += value;
  }
  return { text, done: false };
}
