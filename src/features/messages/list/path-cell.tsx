import type { Message } from '@/azure/protocol/model';
import { parsePath, sourceAt } from '@/search/json-path';
import { useBodyText } from '../rows/use-preview';

/** The part of a body at a path, exactly as written; strings without their quotes. */
export function PathCell({ message, path }: { message: Message; path: string }) {
  const body = useBodyText(message);
  const parts = parsePath(path);
  const source = body === undefined || typeof parts === 'string' ? undefined : sourceAt(body, parts);
  if (source === undefined) return body === undefined ? null : <span className="text-text-3">·</span>;
  const shown = source.startsWith('"') ? (JSON.parse(source) as string) : source;
  return <span title={shown}>{shown.slice(0, 200)}</span>;
}
