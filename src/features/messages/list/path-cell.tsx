import { useMemo } from 'react';
import type { Message } from '@/azure/protocol/model';
import { parsePath, sourceAt } from '@/search/json-path';
import { useBodyText } from '../rows/use-preview';

/** Characters of a value in its tooltip. */
const MOST_CHARACTERS = 2000;

/** The part of a body at a path, exactly as written; strings without their quotes. */
export function PathCell({ message, path }: { message: Message; path: string }) {
  const body = useBodyText(message);
  const source = useMemo(() => {
    const parts = parsePath(path);
    return body === undefined || typeof parts === 'string' ? undefined : sourceAt(body, parts);
  }, [body, path]);
  if (source === undefined) return body === undefined ? null : <span className="text-text-3">·</span>;
  const shown = (source.startsWith('"') ? (JSON.parse(source) as string) : source).slice(0, MOST_CHARACTERS);
  return <span title={shown}>{shown.slice(0, 200)}</span>;
}
