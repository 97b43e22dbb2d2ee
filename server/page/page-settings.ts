/** What whoever runs this server gives the page, served as `/queuescope.json`; a static host has a file of that name. */
export type PageSettings = { signIn: { clientId: string; tenant?: string; cloud?: string; authority?: string } };

/**
 * The app registration to sign in through, from `QUEUESCOPE_CLIENT_ID`, `QUEUESCOPE_TENANT` and `QUEUESCOPE_CLOUD`
 * (`public`, `usGovernment` or `china`); undefined without the first.
 */
export function settingsFrom(environment: NodeJS.ProcessEnv): PageSettings | undefined {
  const clientId = environment['QUEUESCOPE_CLIENT_ID'];
  const tenant = environment['QUEUESCOPE_TENANT'];
  const cloud = environment['QUEUESCOPE_CLOUD'];
  return clientId ? { signIn: { clientId, ...(tenant && { tenant }), ...(cloud && { cloud }) } } : undefined;
}
