/** Where the page hands several requests at a time over to its own server, by POST. */
export const LANE = '/lane';

/**
 * Bounds of one batch: requests, bytes of it in all, bytes of the head of one frame, and bytes of the body of one frame of an answer.
 * The page splits at the first two, the server at the last.
 */
export const LANE_LIMITS = { requests: 64, bytes: 4_194_304, head: 65_536, piece: 1_048_576 } as const;

/** Requests under way at a time: the server begins so many at once, so that whatever it is given is begun. */
export const LANE_REQUESTS = 128;

/** A request in a batch; the bytes of its body follow. `n` numbers it within the batch, from 0. */
export type LaneRequest = {
  n: number;
  method: string;
  url: string;
  headers: readonly (readonly [name: string, value: string])[];
};

/**
 * What comes back for request `n`, in any order among requests: first its status with the beginning of its body, then the rest of
 * the body as long as there is `more`. `refused` in place of it, also after the beginning, is the relay's own word for why there is
 * no whole answer, with a sentence as body.
 */
export type LaneAnswer =
  | {
      n: number;
      status: number;
      statusText: string;
      headers: readonly (readonly [name: string, value: string])[];
      more?: boolean;
    }
  | { n: number; more?: boolean }
  | { n: number; refused: string; way?: string | undefined };

const utf8 = new TextEncoder();
const NONE = new Uint8Array();
const LINE_FEED = 10;

/** A frame: its head as a line of JSON, which ends with the number of bytes that follow it. */
export function writeFrame(head: LaneRequest | LaneAnswer, body: Uint8Array = NONE): Uint8Array<ArrayBuffer> {
  const line = utf8.encode(`${JSON.stringify(body.length > 0 ? { ...head, bytes: body.length } : head)}\n`);
  const frame = new Uint8Array(line.length + body.length);
  frame.set(line);
  frame.set(body, line.length);
  return frame;
}

/** A frame as it was read: a JSON object that nobody has checked, and its bytes. */
export type Frame = { head: Record<string, unknown>; body: Uint8Array<ArrayBuffer> };

/** What is no frame, or one that is too long. */
export class FrameProblem extends Error {
  override readonly name = 'FrameProblem';
}

/**
 * Makes a reader that takes bytes as they come and gives the frames that are whole; `isEmpty` is true between two frames. `most` bounds
 * the bytes of a frame's body.
 * @throws FrameProblem from the reader
 */
export function createFrameReader(most: number) {
  let rest: Uint8Array<ArrayBuffer> = NONE;
  const decoder = new TextDecoder('utf-8', { fatal: true });

  function headIn(bytes: Uint8Array): Record<string, unknown> {
    try {
      const head: unknown = JSON.parse(decoder.decode(bytes));
      if (typeof head === 'object' && head !== null && !Array.isArray(head)) return head as Record<string, unknown>;
    } catch {
      // Told below.
    }
    throw new FrameProblem('A frame of the lane has no head that can be read.');
  }

  return {
    isEmpty: () => rest.length === 0,
    *read(piece: Uint8Array): Generator<Frame> {
      let bytes: Uint8Array<ArrayBuffer> = new Uint8Array(rest.length + piece.length);
      bytes.set(rest);
      bytes.set(piece, rest.length);
      rest = bytes;
      for (;;) {
        const end = rest.indexOf(LINE_FEED);
        if (end > LANE_LIMITS.head || (end < 0 && rest.length > LANE_LIMITS.head)) {
          throw new FrameProblem('The head of a frame of the lane is too long.');
        }
        if (end < 0) return;
        const head = headIn(rest.subarray(0, end));
        const { bytes: length = 0 } = head;
        if (typeof length !== 'number' || !Number.isInteger(length) || length < 0 || length > most) {
          throw new FrameProblem('The body of a frame of the lane is too long.');
        }
        if (rest.length < end + 1 + length) return;
        const body = rest.slice(end + 1, end + 1 + length);
        rest = rest.subarray(end + 1 + length);
        yield { head, body };
      }
    },
  };
}
