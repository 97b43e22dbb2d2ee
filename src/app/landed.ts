import { type ComponentType, lazy } from 'react';

const files = import.meta.glob('../features/*/*.tsx');

/** A feature's component, or nothing while its file is not there yet. */
export function landed<Props extends object>(path: string, name: string) {
  return lazy(async () => {
    const module = (await files[`../features/${path}.tsx`]?.()) as Record<string, ComponentType<Props>> | undefined;
    return { default: module?.[name] ?? ((() => null) as ComponentType<Props>) };
  });
}
