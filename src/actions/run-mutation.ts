import type { MutationOptions, QueryClient } from '@tanstack/react-query';

/**
 * Runs a mutation outside of components, so that it finishes when they are gone, such as a delete that waits for
 * Undo. The cache invalidates what the key names, as for any mutation.
 */
export const runMutation = <Data, Failure, Variables, Result>(
  client: QueryClient,
  options: MutationOptions<Data, Failure, Variables, Result>,
  variables: Variables,
): Promise<Data> => client.getMutationCache().build(client, options).execute(variables);
