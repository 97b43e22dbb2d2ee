import { StorageError } from '../protocol/errors';
import { childOf, textOf, type XmlElement } from './xml';

// What an answer has to hold: an element that lacks it is refused, so that nothing above meets a date or an id that is none.

/** @throws StorageError for a field that is missing or empty. */
export function requiredText(element: XmlElement, name: string): string {
  const text = textOf(element, name);
  if (!text) throw unreadable(element, name);
  return text;
}

/** @throws StorageError for a field that is missing or has elements inside; an empty one is the empty text. */
export function wholeText(element: XmlElement, name: string): string {
  const field = childOf(element, name);
  if (!field || [...field.children].length > 0) throw unreadable(element, name);
  return field.textContent;
}

/** @throws StorageError for a field that is missing or no time. */
export function requiredDate(element: XmlElement, name: string): Date {
  const date = new Date(textOf(element, name) ?? '');
  if (Number.isNaN(date.getTime())) throw unreadable(element, name);
  return date;
}

/** @throws StorageError for a field that is missing or no whole number. */
export function requiredNumber(element: XmlElement, name: string): number {
  const number = optionalNumber(element, name);
  if (number === undefined) throw unreadable(element, name);
  return number;
}

/**
 * Undefined for a field that is missing or empty.
 * @throws StorageError for one that is no whole number.
 */
export function optionalNumber(element: XmlElement | undefined, name: string): number | undefined {
  const text = textOf(element, name)?.trim();
  if (!text) return undefined;
  const number = wholeNumber(text);
  if (number === undefined) throw unreadable(element, name);
  return number;
}

/** A number of digits alone; undefined for any other text. */
export const wholeNumber = (text: string): number | undefined => (/^\d{1,15}$/.test(text) ? Number(text) : undefined);

const unreadable = (element: XmlElement | undefined, name: string) =>
  new StorageError(`The service gave a ${element?.tagName ?? 'part'} whose ${name} is missing or cannot be read.`, {
    status: 200,
  });
