import { urlOf } from './decode-uri.ts';

/** A cloud with its sign-in address and the suffix of its storage hosts. */
export type Cloud = { name: string; authority: string; suffix: string };

/** learn.microsoft.com/entra/identity-platform/authentication-national-cloud; the scope of tokens is the same in all clouds. */
export const CLOUDS = {
  public: { name: 'Azure', authority: 'https://login.microsoftonline.com', suffix: 'core.windows.net' },
  usGovernment: {
    name: 'Azure US Government',
    authority: 'https://login.microsoftonline.us',
    suffix: 'core.usgovcloudapi.net',
  },
  china: {
    name: 'Azure in China (21Vianet)',
    authority: 'https://login.chinacloudapi.cn',
    suffix: 'core.chinacloudapi.cn',
  },
} as const satisfies Record<string, Cloud>;

export type CloudName = keyof typeof CLOUDS;

export const isCloudName = (name: unknown): name is CloudName =>
  typeof name === 'string' && Object.hasOwn(CLOUDS, name);

/** The cloud of an endpoint by its host; the public one for custom domains and emulators. */
export function cloudOf(endpoint: string): CloudName {
  const host = urlOf(endpoint)?.hostname ?? '';
  const cloud = (Object.keys(CLOUDS) as CloudName[]).find((name) => host.endsWith(`.${CLOUDS[name].suffix}`));
  return cloud ?? 'public';
}

/** Resource that tokens for storage are requested for in every cloud, and their audience. */
export const STORAGE_RESOURCE = 'https://storage.azure.com';
