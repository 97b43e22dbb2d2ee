import { createFrameReader, type Frame, LANE, LANE_LIMITS, type LaneAnswer, writeFrame } from './lane-frames';
import { addressOf } from './relay-fetch';

/** How a batch goes wrong: it does not arrive, is cut after some answers or within the first, or its answers all get lost. */
export type LaneTrouble = 'unsent' | 'cut' | 'half' | 'lost';

type Options = {
  /** What the account answers. */
  account: typeof globalThis.fetch;
  /** Called for each batch. */
  trouble?: () => LaneTrouble | undefined;
  /** Called for each request of a batch. */
  refused?: (url: string) => { refused: string; way?: string } | undefined;
};

/** A local server with a lane in memory, as `fetch` of the page; `batches` are the addresses that each brought. */
export function laneServer({ account, trouble = () => undefined, refused = () => undefined }: Options) {
  const batches: string[][] = [];

  async function serve(body: Uint8Array<ArrayBuffer>, signal: AbortSignal | null | undefined): Promise<Response> {
    const frames = [...createFrameReader(LANE_LIMITS.bytes).read(body)];
    batches.push(frames.map(({ head }) => String(head['url'])));
    const wrong = trouble();
    if (wrong === 'unsent') throw new TypeError('Failed to fetch');
    const answers = new TransformStream<Uint8Array, Uint8Array>();
    const writer = answers.writable.getWriter();
    const write = (head: LaneAnswer, bytes?: Uint8Array) => writer.write(writeFrame(head, bytes)).catch(() => {});
    let told = 0;
    async function pass({ head, body: sent }: Frame, n: number) {
      const refusal = refused(String(head['url']));
      if (refusal) return write({ n, ...refusal }, new TextEncoder().encode('No.'));
      const answer = await ask(head, sent, signal ?? null).catch(() => undefined);
      if (!answer) return write({ n, refused: 'unreachable', way: 'broken' }, new TextEncoder().encode('Broken.'));
      // What comes after the cut was done, too, and nobody hears of it.
      if (wrong === 'lost' || (wrong === 'cut' && ++told > frames.length / 2)) return undefined;
      const { status, statusText, headers, body: bytes } = answer;
      const frame = writeFrame({ n, status, statusText, headers: [...headers] }, bytes);
      if (wrong === 'half' && ++told > 1) return undefined;
      return writer.write(wrong === 'half' ? frame.subarray(0, frame.length - 3) : frame).catch(() => {});
    }
    const all = Promise.all(frames.map(pass));
    void all
      .then(() => (wrong === undefined ? writer.close() : writer.abort(new TypeError('network error'))))
      .catch(() => {});
    return new Response(answers.readable);
  }

  async function ask(
    { method, url, headers }: Frame['head'],
    sent: Uint8Array<ArrayBuffer>,
    signal: AbortSignal | null,
  ) {
    const init: RequestInit = { method: String(method), headers: headers as [string, string][], signal };
    const answer = await account(String(url), sent.length > 0 ? { ...init, body: sent } : init);
    const { status, statusText } = answer;
    return { status, statusText, headers: answer.headers, body: new Uint8Array(await answer.arrayBuffer()) };
  }

  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (!addressOf(input).endsWith(LANE)) throw new Error(`Only the lane is asked, not ${addressOf(input)}`);
    return serve(init?.body as Uint8Array<ArrayBuffer>, init?.signal);
  };
  return { fetch, batches };
}
