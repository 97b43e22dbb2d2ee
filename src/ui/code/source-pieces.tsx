import { CornerDownRight } from 'lucide-react';
import { Fragment } from 'react';
import { Value } from '../format/value';
import type { Piece } from './code-rows';
import { invisibleTitle } from './invisible';

const tones: Record<string, string> = {
  key: 'text-syn-key',
  str: 'text-syn-str',
  num: 'text-syn-num',
  kw: 'text-syn-kw',
  punct: 'text-syn-punct',
  wrong: 'text-warn underline decoration-wavy decoration-1 underline-offset-2',
};

/**
 * A small button that stands before the character at an offset of the text. `key`: what it opens, as its `data-opens` says;
 * `name`: its accessible name.
 */
export type SourceButton = { at: number; key: string; name: string; title: string; onPress: () => void };

const NO_BUTTONS: readonly SourceButton[] = [];

/** Pieces of a row that begins at `start`, and the buttons in it. The buttons have no text, so that copies are exact. */
export function SourcePieces({
  pieces,
  start = 0,
  buttons = NO_BUTTONS,
  isolates = true,
}: {
  pieces: readonly Piece[];
  start?: number;
  buttons?: readonly SourceButton[];
  /** Lays each piece out by itself: what is a token. Pieces of one sentence are laid out together. */
  isolates?: boolean;
}) {
  let at = start;
  return pieces.map((piece, index) => {
    const from = at;
    at += piece.text.length;
    const here = buttons.filter((button) => button.at >= from && button.at < at);
    // oxlint-disable-next-line react/no-array-index-key -- pieces of one text never move
    if (here.length === 0) return <SourcePiece key={index} piece={piece} isolates={isolates} />;
    let drawn = from;
    const parts = here.map((button) => {
      const before = piece.text.slice(drawn - from, button.at - from);
      drawn = button.at;
      return (
        <Fragment key={button.at}>
          {before && <SourcePiece piece={{ ...piece, text: before }} isolates={isolates} />}
          <InlineButton button={button} />
        </Fragment>
      );
    });
    return (
      // oxlint-disable-next-line react/no-array-index-key -- pieces of one text never move
      <Fragment key={index}>
        {parts}
        <SourcePiece piece={{ ...piece, text: piece.text.slice(drawn - from) }} isolates={isolates} />
      </Fragment>
    );
  });
}

function SourcePiece({ piece, isolates }: { piece: Piece; isolates: boolean }) {
  if (!piece.control)
    return (
      <span className={piece.tone && tones[piece.tone]}>{isolates ? <Value text={piece.text} /> : piece.text}</span>
    );
  return (
    // The character itself stays in the page, without width, so that positions and copies are exact; it is isolated, so
    // that one that changes the direction turns nothing around.
    <span
      data-name={piece.control}
      title={invisibleTitle(piece.control)}
      className="rounded-[3px] [unicode-bidi:isolate] text-[0px] text-warn before:mx-px before:rounded-[3px] before:bg-warn-tint before:px-0.5 before:text-11 before:content-[attr(data-name)]"
    >
      {piece.text}
    </span>
  );
}

function InlineButton({ button: { key, name, title, onPress } }: { button: SourceButton }) {
  return (
    <button
      type="button"
      data-opens={key}
      aria-label={name}
      title={title}
      onClick={onPress}
      className="mr-1 inline-flex h-4.5 w-5 items-center justify-center rounded-4 border border-line-strong bg-surface align-[-3px] text-text-2 select-none hover:bg-hover hover:text-text"
    >
      <CornerDownRight className="size-3" />
    </button>
  );
}
