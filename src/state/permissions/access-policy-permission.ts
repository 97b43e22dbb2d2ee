/**
 * Why a connection with this kind of credential cannot read or change stored access policies; undefined when it can.
 * learn.microsoft.com/rest/api/storageservices/get-queue-acl
 */
export function policiesReason(kind: string | undefined): string | undefined {
  if (kind === 'sas') return 'A shared access signature never allows access policies. Connect with the account key.';
  if (kind === 'token') return 'A token cannot read or change access policies here. Connect with the account key.';
  return undefined;
}
