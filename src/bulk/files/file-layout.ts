import type { FileFormat } from './file-format';
import type { TextEncoding } from './read-text';

/**
 * The formats that are read: those that are written, and JSON values that follow one another over several lines, lines of
 * text, XML answers to Get and Peek Messages, and a file that is one message.
 */
export type ImportFormat = FileFormat | 'values' | 'lines' | 'xml' | 'whole';

/** How the messages stand in a file. */
export type FileLayout = {
  encoding: TextEncoding;
  format: ImportFormat;
  /** Of `json`: the name of the member that has the array; empty when the file is the array. */
  within: string;
  /** Of CSV: one character. */
  delimiter: string;
  /** Of CSV: the first row names the fields. Without a heading they are `column 1`, `column 2`. */
  hasHeading: boolean;
  /** What the text of a message is: each row as it stands in the file, or a field of it. A row that is a JSON string is its text. */
  message: 'row' | 'field';
  /** Name of the field with the text, or names with dots between for a field within a field. */
  textField: string;
};

/** What a person has chosen of a layout; the rest is guessed. */
export type LayoutChoice = { [Part in keyof FileLayout]?: FileLayout[Part] | undefined };

/** A field that the first rows have, with the beginning of one of its values. */
export type FieldExample = { name: string; example: string };

export type FileGuess = {
  layout: FileLayout;
  /** Fields of the first rows, in their order; those of fields with objects too. */
  fields: FieldExample[];
  /** Members of the file's one JSON object that are arrays. */
  arrays: string[];
  /** Of CSV: the first row is no heading by its names, and looks like one. Nobody chose yet. */
  mayBeHeading: boolean;
};
