const unauthorized = (what: string) =>
  [403, `This request is not authorized to perform this operation using this ${what}.`] as const;

/** Status and sentence of every error of the sandbox, in the service's own words. */
const REFUSALS = {
  AuthenticationFailed: [
    403,
    'Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.',
  ],
  AuthorizationFailure: [403, 'This request is not authorized to perform this operation.'],
  AuthorizationPermissionMismatch: unauthorized('permission'),
  AuthorizationProtocolMismatch: unauthorized('protocol'),
  AuthorizationResourceTypeMismatch: unauthorized('resource type'),
  AuthorizationServiceMismatch: unauthorized('service'),
  AuthorizationSourceIPMismatch: unauthorized('source IP'),
  EmptyMetadataKey: [400, 'The key for one of the metadata key-value pairs is empty.'],
  InsufficientAccountPermissions: [403, 'Write operations to the secondary location are not allowed.'],
  InternalError: [500, 'Server encountered an internal error. Please try again after some time.'],
  InvalidAuthenticationInfo: [
    400,
    'Authentication information is not given in the correct format. Check the value of Authorization header.',
  ],
  InvalidHeaderValue: [400, 'The value for one of the HTTP headers is not in the correct format.'],
  InvalidMetadata: [400, 'The metadata specified is invalid. It has characters that are not permitted.'],
  InvalidQueryParameterValue: [400, 'Value for one of the query parameters specified in the request URI is invalid.'],
  // So spelt by the service.
  InvalidResourceName: [400, 'The specifed resource name contains invalid characters.'],
  InvalidUri: [400, 'The requested URI does not represent any resource on the server.'],
  InvalidXmlDocument: [400, 'XML specified is not syntactically valid.'],
  InvalidXmlNodeValue: [400, 'The value for one of the XML nodes is not in the correct format.'],
  MessageNotFound: [404, 'The specified message does not exist.'],
  MetadataTooLarge: [400, 'The metadata specified exceeds the maximum permissible limit.'],
  MissingRequiredHeader: [400, 'An HTTP header that is mandatory for this request is not specified.'],
  MissingRequiredQueryParameter: [400, 'A query parameter that is mandatory for this request is not specified.'],
  MissingRequiredXmlNode: [400, 'One of the XML nodes that is mandatory for this request is not specified.'],
  NoAuthenticationInformation: [
    401,
    'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.',
  ],
  OutOfRangeInput: [400, 'One of the request inputs is out of range.'],
  OutOfRangeQueryParameterValue: [
    400,
    'One of the query parameters specified in the request URI is outside the permissible range.',
  ],
  PopReceiptMismatch: [400, 'The specified pop receipt did not match the pop receipt for a dequeued message.'],
  QueueAlreadyExists: [409, 'The specified queue already exists.'],
  QueueBeingDeleted: [409, 'The specified queue is being deleted.'],
  QueueNotFound: [404, 'The specified queue does not exist.'],
  RequestBodyTooLarge: [413, 'The request body is too large and exceeds the maximum permissible limit.'],
  RequestUrlFailedToParse: [400, 'The url in the request could not be parsed.'],
  ResourceNotFound: [404, 'The specified resource does not exist.'],
  ServerBusy: [503, 'The server is busy.'],
  UnsupportedHttpVerb: [405, "The resource doesn't support specified Http Verb."],
  UnsupportedXmlNode: [400, 'One of the XML nodes specified in the request body is not supported.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type RefusalCode = keyof typeof REFUSALS;

/** An error of the service. Thrown anywhere; `service.ts` converts it to a response. */
export class StorageFault extends Error {
  override readonly name = 'Refused';
  readonly code: RefusalCode;
  readonly status: number;
  /** Elements of the error body beside code and message, in this order. */
  readonly details: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: RefusalCode,
    details: Readonly<Record<string, string>> = {},
    {
      status = REFUSALS[code][0],
      message = REFUSALS[code][1],
      headers = {},
    }: { status?: number; message?: string; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details;
    this.headers = headers;
  }
}

/** The fault of a request with invalid credentials. */
export const authenticationFailed = (detail: string): StorageFault =>
  new StorageFault('AuthenticationFailed', { AuthenticationErrorDetail: detail });
