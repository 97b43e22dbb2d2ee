// Written by scripts/check/floor/members.mjs ("npx vitest run -u scripts/check/floor"): members that a browser of the floor lacks,
// declared once more, so that the linter finds their use.
/* oxlint-disable typescript/no-explicit-any, typescript/no-unnecessary-type-arguments -- TypeScript's own words */
interface ARIAMixin {
  /** @deprecated not in Chrome 117 or Firefox 128 */
  ariaActiveDescendantElement: Element | null;
  /** @deprecated not in Safari 17.4 */
  ariaBrailleLabel: string | null;
  /** @deprecated not in Safari 17.4 */
  ariaBrailleRoleDescription: string | null;
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  ariaColIndexText: string | null;
  /** @deprecated not in Chrome 117 or Firefox 128 */
  ariaControlsElements: ReadonlyArray<Element> | null;
  /** @deprecated not in Chrome 117 or Firefox 128 */
  ariaDescribedByElements: ReadonlyArray<Element> | null;
  /** @deprecated not in Chrome 117 or Firefox 128 */
  ariaDetailsElements: ReadonlyArray<Element> | null;
  /** @deprecated not in Chrome 117 or Firefox 128 */
  ariaErrorMessageElements: ReadonlyArray<Element> | null;
  /** @deprecated not in Chrome 117 or Firefox 128 */
  ariaFlowToElements: ReadonlyArray<Element> | null;
  /** @deprecated not in Chrome 117 or Firefox 128 */
  ariaLabelledByElements: ReadonlyArray<Element> | null;
  /** @deprecated not in Chrome 117 or Firefox 128 */
  ariaOwnsElements: ReadonlyArray<Element> | null;
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  ariaRowIndexText: string | null;
}
interface AnimationTimeline {
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  readonly duration: CSSNumberish | null;
}
interface AudioContext {
  /** @deprecated not in Safari 17.4 */
  readonly outputLatency: number;
}
interface AudioListener {
  /** @deprecated not in Firefox 128 */
  readonly forwardX: AudioParam;
  /** @deprecated not in Firefox 128 */
  readonly forwardY: AudioParam;
  /** @deprecated not in Firefox 128 */
  readonly forwardZ: AudioParam;
  /** @deprecated not in Firefox 128 */
  readonly positionX: AudioParam;
  /** @deprecated not in Firefox 128 */
  readonly positionY: AudioParam;
  /** @deprecated not in Firefox 128 */
  readonly positionZ: AudioParam;
  /** @deprecated not in Firefox 128 */
  readonly upX: AudioParam;
  /** @deprecated not in Firefox 128 */
  readonly upY: AudioParam;
  /** @deprecated not in Firefox 128 */
  readonly upZ: AudioParam;
}
interface AudioParam {
  /** @deprecated not in Firefox 128 */
  automationRate: AutomationRate;
  /** @deprecated not in Firefox 128 */
  cancelAndHoldAtTime(cancelTime: number): AudioParam;
  /** @deprecated not in Firefox 128 */
  cancelScheduledValues(cancelTime: number): AudioParam;
  /** @deprecated not in Firefox 128 */
  exponentialRampToValueAtTime(value: number, endTime: number): AudioParam;
  /** @deprecated not in Firefox 128 */
  linearRampToValueAtTime(value: number, endTime: number): AudioParam;
}
interface Blob {
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
}
interface BlobEvent {
  /** @deprecated not in Firefox 128 */
  readonly timecode: DOMHighResTimeStamp;
}
interface Body {
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
}
interface CSSImportRule {
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  readonly supportsText: string | null;
}
interface CSSKeyframesRule {
  /** @deprecated not in Chrome 117 */
  readonly length: number;
}
interface CSSStyleRule {
  /** @deprecated not in Firefox 128 */
  readonly styleMap: StylePropertyMap;
}
interface CanvasFilters {
  /** @deprecated not in Safari 17.4 */
  filter: string;
}
interface CanvasImageSmoothing {
  /** @deprecated not in Firefox 128 */
  imageSmoothingQuality: ImageSmoothingQuality;
}
interface CanvasState {
  /** @deprecated not in Safari 17.4 */
  isContextLost(): boolean;
}
interface CanvasTextDrawingStyles {
  /** @deprecated not in Safari 17.4 */
  fontKerning: CanvasFontKerning;
  /** @deprecated not in Safari 17.4 */
  fontStretch: CanvasFontStretch;
  /** @deprecated not in Safari 17.4 */
  fontVariantCaps: CanvasFontVariantCaps;
  /** @deprecated not in Safari 17.4 */
  letterSpacing: string;
  /** @deprecated not in Safari 17.4 */
  textRendering: CanvasTextRendering;
  /** @deprecated not in Safari 17.4 */
  wordSpacing: string;
}
interface ClipboardItem {
  /** @deprecated not in Chrome 117 */
  readonly presentationStyle: PresentationStyle;
}
interface CustomElementRegistry {
  /** @deprecated not in Safari 17.4 */
  get(name: string): CustomElementConstructor | undefined;
  /** @deprecated not in Safari 17.4 */
  getName(constructor: CustomElementConstructor): string | null;
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  initialize(root: Node): void;
}
interface Document {
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  readonly fragmentDirective: FragmentDirective;
  /** @deprecated not in Firefox 128 */
  readonly pictureInPictureEnabled: boolean;
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  caretPositionFromPoint(x: number, y: number, options?: CaretPositionFromPointOptions): CaretPosition | null;
  /** @deprecated not in Firefox 128 */
  exitPictureInPicture(): Promise<void>;
  /** @deprecated not in Chrome 117 */
  hasStorageAccess(): Promise<boolean>;
  /** @deprecated not in Chrome 117 */
  requestStorageAccess(): Promise<void>;
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  startViewTransition(callbackOptions?: ViewTransitionUpdateCallback | StartViewTransitionOptions): ViewTransition;
}
interface DocumentOrShadowRoot {
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  readonly customElementRegistry: CustomElementRegistry | null;
  /** @deprecated not in Firefox 128 */
  readonly pictureInPictureElement: Element | null;
}
interface Element {
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  readonly currentCSSZoom: number;
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  readonly customElementRegistry: CustomElementRegistry | null;
  /** @deprecated not in Firefox 128 */
  computedStyleMap(): StylePropertyMapReadOnly;
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  getHTML(options?: GetHTMLOptions): string;
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  setHTMLUnsafe(html: string): void;
}
interface ElementCSSInlineStyle {
  /** @deprecated not in Firefox 128 */
  readonly attributeStyleMap: StylePropertyMap;
}
interface FileSystemFileHandle {
  /** @deprecated not in Safari 17.4 */
  createWritable(options?: FileSystemCreateWritableOptions): Promise<FileSystemWritableFileStream>;
}
interface FontFace {
  /** @deprecated not in Safari 17.4 */
  ascentOverride: string;
  /** @deprecated not in Safari 17.4 */
  descentOverride: string;
  /** @deprecated not in Chrome 117 */
  featureSettings: string;
  /** @deprecated not in Safari 17.4 */
  lineGapOverride: string;
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  variationSettings: string;
}
interface FontFaceSet {
  /** @deprecated not in Chrome 117 */
  check(font: string, text?: string): boolean;
}
interface GPUBindingCommandsMixin {
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  setBindGroup(index: GPUIndex32, bindGroup: GPUBindGroup | null, dynamicOffsets?: GPUBufferDynamicOffset[]): void;
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  setBindGroup(index: GPUIndex32, bindGroup: GPUBindGroup | null, dynamicOffsetsData: Uint32Array<ArrayBufferLike>, dynamicOffsetsDataStart: GPUSize64, dynamicOffsetsDataLength: GPUSize32): void;
}
interface GPUDebugCommandsMixin {
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  insertDebugMarker(markerLabel: string): void;
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  popDebugGroup(): void;
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  pushDebugGroup(groupLabel: string): void;
}
interface GPUObjectBase {
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  label: string;
}
interface GPUPipelineBase {
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  getBindGroupLayout(index: number): GPUBindGroupLayout;
}
interface GPURenderCommandsMixin {
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  draw(vertexCount: GPUSize32, instanceCount?: GPUSize32, firstVertex?: GPUSize32, firstInstance?: GPUSize32): void;
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  drawIndexed(indexCount: GPUSize32, instanceCount?: GPUSize32, firstIndex?: GPUSize32, baseVertex?: GPUSignedOffset32, firstInstance?: GPUSize32): void;
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  drawIndexedIndirect(indirectBuffer: GPUBuffer, indirectOffset: GPUSize64): void;
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  drawIndirect(indirectBuffer: GPUBuffer, indirectOffset: GPUSize64): void;
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  setIndexBuffer(buffer: GPUBuffer, indexFormat: GPUIndexFormat, offset?: GPUSize64, size?: GPUSize64): void;
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  setPipeline(pipeline: GPURenderPipeline): void;
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  setVertexBuffer(slot: GPUIndex32, buffer: GPUBuffer | null, offset?: GPUSize64, size?: GPUSize64): void;
}
interface Gamepad {
  /** @deprecated not in Firefox 128 */
  readonly vibrationActuator: GamepadHapticActuator;
}
interface GamepadButton {
  /** @deprecated not in Safari 17.4 */
  readonly touched: boolean;
}
interface GamepadHapticActuator {
  /** @deprecated not in Firefox 128 */
  playEffect(type: GamepadHapticEffectType, params?: GamepadEffectParameters): Promise<GamepadHapticsResult>;
  /** @deprecated not in Firefox 128 */
  reset(): Promise<GamepadHapticsResult>;
}
interface GeolocationCoordinates {
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  toJSON(): any;
}
interface GeolocationPosition {
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  toJSON(): any;
}
interface HTMLAnchorElement {
  /** @deprecated not in Firefox 128 */
  ping: string;
}
interface HTMLAreaElement {
  /** @deprecated not in Firefox 128 */
  ping: string;
}
interface HTMLButtonElement {
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  command: string;
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  commandForElement: Element | null;
}
interface HTMLDetailsElement {
  /** @deprecated not in Chrome 117 or Firefox 128 */
  name: string;
}
interface HTMLDialogElement {
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  closedBy: string;
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  requestClose(returnValue?: string): void;
}
interface HTMLElement {
  /** @deprecated not in Chrome 117 */
  readonly accessKeyLabel: string;
  /** @deprecated not in Safari 17.4 */
  autocapitalize: string;
  /** @deprecated not in Chrome 117 or Firefox 128 */
  autocorrect: boolean;
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  writingSuggestions: string;
}
interface HTMLImageElement {
  /** @deprecated not in Firefox 128 */
  fetchPriority: "high" | "low" | "auto";
}
interface HTMLInputElement {
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  capture: string;
  /** @deprecated not in Firefox 128 */
  stepDown(n?: number): void;
  /** @deprecated not in Firefox 128 */
  stepUp(n?: number): void;
}
interface HTMLLinkElement {
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  get blocking(): DOMTokenList;
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  set blocking(value: string);
  /** @deprecated not in Firefox 128 */
  fetchPriority: "high" | "low" | "auto";
}
interface HTMLMediaElement {
  /** @deprecated not in Chrome 117 or Firefox 128 */
  disableRemotePlayback: boolean;
  /** @deprecated not in Chrome 117 or Firefox 128 */
  readonly remote: RemotePlayback;
  /** @deprecated not in Chrome 117 or Firefox 128 */
  srcObject: MediaProvider | null;
  /** @deprecated not in Chrome 117 */
  fastSeek(time: number): void;
}
interface HTMLScriptElement {
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  get blocking(): DOMTokenList;
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  set blocking(value: string);
  /** @deprecated not in Firefox 128 */
  fetchPriority: "high" | "low" | "auto";
}
interface HTMLSelectElement {
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  showPicker(): void;
}
interface HTMLStyleElement {
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  get blocking(): DOMTokenList;
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  set blocking(value: string);
}
interface HTMLTemplateElement {
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  shadowRootClonable: boolean;
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  shadowRootCustomElementRegistry: string;
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  shadowRootDelegatesFocus: boolean;
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  shadowRootSerializable: boolean;
}
interface HTMLVideoElement {
  /** @deprecated not in Firefox 128 */
  disablePictureInPicture: boolean;
  /** @deprecated not in Firefox 128 */
  playsInline: boolean;
  /** @deprecated not in Firefox 128 */
  cancelVideoFrameCallback(handle: number): void;
  /** @deprecated not in Firefox 128 */
  requestPictureInPicture(): Promise<PictureInPictureWindow>;
  /** @deprecated not in Firefox 128 */
  requestVideoFrameCallback(callback: VideoFrameRequestCallback): number;
}
interface ImageData {
  /** @deprecated not in Firefox 128 */
  readonly colorSpace: PredefinedColorSpace;
}
interface IntersectionObserver {
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  readonly scrollMargin: string;
}
interface KeyframeEffect {
  /** @deprecated not in Chrome 117 */
  iterationComposite: IterationCompositeOperation;
}
interface Location {
  /** @deprecated not in Firefox 128 */
  readonly ancestorOrigins: DOMStringList;
}
interface MediaKeys {
  /** @deprecated not in Safari 17.4 */
  getStatusForPolicy(policy?: MediaKeysPolicy): Promise<MediaKeyStatus>;
}
interface MediaSession {
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  setCameraActive(active: boolean): Promise<void>;
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  setMicrophoneActive(active: boolean): Promise<void>;
}
interface MediaStreamTrack {
  /** @deprecated not in Firefox 128 */
  readonly muted: boolean;
  /** @deprecated not in Firefox 128 */
  getCapabilities(): MediaTrackCapabilities;
}
interface Navigator {
  /** @deprecated not in Chrome 117 or Firefox 128 */
  canShare(data?: ShareData): boolean;
  /** @deprecated not in Safari 17.4 */
  requestMIDIAccess(options?: MIDIOptions): Promise<MIDIAccess>;
  /** @deprecated not in Chrome 117 or Firefox 128 */
  share(data?: ShareData): Promise<void>;
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  vibrate(pattern: VibratePattern): boolean;
}
interface NavigatorBadge {
  /** @deprecated not in Firefox 128 */
  clearAppBadge(): Promise<void>;
  /** @deprecated not in Firefox 128 */
  setAppBadge(contents?: number): Promise<void>;
}
interface NavigatorContentUtils {
  /** @deprecated not in Safari 17.4 */
  registerProtocolHandler(scheme: string, url: string | URL): void;
}
interface NavigatorCookies {
  /** @deprecated not in Safari 17.4 */
  readonly cookieEnabled: boolean;
}
interface NavigatorGPU {
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  readonly gpu: GPU;
}
interface Notification {
  /** @deprecated not in Safari 17.4 */
  readonly icon: string;
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  readonly requireInteraction: boolean;
  /** @deprecated not in Firefox 128 */
  readonly silent: boolean | null;
  /** @deprecated not in Safari 17.4 */
  readonly tag: string;
}
interface OfflineAudioContext {
  /** @deprecated not in Firefox 128 */
  resume(): Promise<void>;
  /** @deprecated not in Firefox 128 */
  suspend(suspendTime: number): Promise<void>;
}
interface ParentNode {
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  moveBefore(node: Node, child: Node | null): void;
}
interface Performance {
  /** @deprecated not in Safari 17.4 */
  readonly eventCounts: EventCounts;
}
interface PerformanceResourceTiming {
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  readonly responseStatus: number;
}
interface PointerEvent {
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  readonly altitudeAngle: number;
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  readonly azimuthAngle: number;
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  readonly persistentDeviceId: number;
  /** @deprecated not in Safari 17.4 */
  getCoalescedEvents(): PointerEvent[];
  /** @deprecated not in Safari 17.4 */
  getPredictedEvents(): PointerEvent[];
}
interface PopStateEvent {
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  readonly hasUAVisualTransition: boolean;
}
interface PublicKeyCredential {
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  toJSON(): RegistrationResponseJSON | AuthenticationResponseJSON;
}
interface PushSubscriptionOptions {
  /** @deprecated not in Firefox 128 */
  readonly userVisibleOnly: boolean;
}
interface RTCCertificate {
  /** @deprecated not in Firefox 128 */
  getFingerprints(): RTCDtlsFingerprint[];
}
interface RTCDTMFSender {
  /** @deprecated not in Firefox 128 */
  readonly canInsertDTMF: boolean;
}
interface RTCDtlsTransport {
  /** @deprecated not in Firefox 128 */
  getRemoteCertificates(): ArrayBuffer[];
}
interface RTCIceTransport {
  /** @deprecated not in Firefox 128 */
  getSelectedCandidatePair(): RTCIceCandidatePair | null;
}
interface RTCRtpReceiver {
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  jitterBufferTarget: DOMHighResTimeStamp | null;
  /** @deprecated not in Chrome 117 */
  transform: RTCRtpReceiverTransform | null;
}
interface RTCRtpSender {
  /** @deprecated not in Chrome 117 */
  transform: RTCRtpSenderTransform | null;
}
interface Request {
  /** @deprecated not in Firefox 128 */
  readonly keepalive: boolean;
}
interface ResizeObserverEntry {
  /** @deprecated not in Safari 17.4 */
  readonly devicePixelContentBoxSize: ReadonlyArray<ResizeObserverSize>;
}
interface SVGAElement {
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  download: string;
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  hreflang: string;
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  ping: string;
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  referrerPolicy: string;
  /** @deprecated not in Chrome 117 */
  rel: string;
  /** @deprecated not in Chrome 117 */
  get relList(): DOMTokenList;
  /** @deprecated not in Chrome 117 */
  set relList(value: string);
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  type: string;
}
interface SVGImageElement {
  /** @deprecated not in Chrome 117 */
  crossOrigin: string | null;
}
interface SVGSVGElement {
  /** @deprecated not in Firefox 128 */
  checkEnclosure(element: SVGElement, rect: DOMRectReadOnly): boolean;
  /** @deprecated not in Firefox 128 */
  checkIntersection(element: SVGElement, rect: DOMRectReadOnly): boolean;
  /** @deprecated not in Firefox 128 */
  getEnclosureList(rect: DOMRectReadOnly, referenceElement: SVGElement | null): NodeListOf<SVGCircleElement | SVGEllipseElement | SVGImageElement | SVGLineElement | SVGPathElement | SVGPolygonElement | SVGPolylineElement | SVGRectElement | SVGTextElement | SVGUseElement>;
  /** @deprecated not in Firefox 128 */
  getIntersectionList(rect: DOMRectReadOnly, referenceElement: SVGElement | null): NodeListOf<SVGCircleElement | SVGEllipseElement | SVGImageElement | SVGLineElement | SVGPathElement | SVGPolygonElement | SVGPolylineElement | SVGRectElement | SVGTextElement | SVGUseElement>;
}
interface ScreenOrientation {
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  lock(orientation: OrientationLockType): Promise<void>;
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  unlock(): void;
}
interface Selection {
  /** @deprecated not in Chrome 117 */
  readonly direction: string;
  /** @deprecated not in Chrome 117 or Firefox 128 */
  getComposedRanges(options?: GetComposedRangesOptions): StaticRange[];
}
interface ServiceWorkerRegistration {
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  readonly cookies: CookieStoreManager;
}
interface ShadowRoot {
  /** @deprecated not in Chrome 117 */
  readonly clonable: boolean;
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  readonly serializable: boolean;
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  getHTML(options?: GetHTMLOptions): string;
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  setHTMLUnsafe(html: string): void;
}
interface TextMetrics {
  /** @deprecated not in Chrome 117 */
  readonly alphabeticBaseline: number;
  /** @deprecated not in Chrome 117 */
  readonly emHeightAscent: number;
  /** @deprecated not in Chrome 117 */
  readonly emHeightDescent: number;
  /** @deprecated not in Chrome 117 */
  readonly hangingBaseline: number;
  /** @deprecated not in Chrome 117 */
  readonly ideographicBaseline: number;
}
interface TextTrack {
  /** @deprecated not in Chrome 117 */
  readonly inBandMetadataTrackDispatchType: string;
}
interface ToggleEvent {
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  readonly source: Element | null;
}
interface VTTCue {
  /** @deprecated not in Chrome 117 */
  lineAlign: LineAlignSetting;
  /** @deprecated not in Chrome 117 */
  positionAlign: PositionAlignSetting;
  /** @deprecated not in Chrome 117 */
  region: VTTRegion | null;
}
interface WebGLRenderingContextBase {
  /** @deprecated not in Firefox 128 */
  drawingBufferColorSpace: PredefinedColorSpace;
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  unpackColorSpace: PredefinedColorSpace;
}
interface Window {
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  readonly cookieStore: CookieStore;
  /** @deprecated not in Safari 17.4 */
  readonly devicePixelRatio: number;
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  readonly navigation: Navigation;
  /** @deprecated not in Safari 17.4 */
  cancelIdleCallback(handle: number): void;
  /** @deprecated not in Safari 17.4 */
  requestIdleCallback(callback: IdleRequestCallback, options?: IdleRequestOptions): number;
}
interface GPUBindingCommandsMixin {
  /** @deprecated not in Chrome 117, Firefox 128, or Safari 17.4 */
  setBindGroup(index: GPUIndex32, bindGroup: GPUBindGroup | null, dynamicOffsets?: Iterable<GPUBufferDynamicOffset>): void;
}
interface Navigator {
  /** @deprecated not in Firefox 128 or Safari 17.4 */
  vibrate(pattern: Iterable<number>): boolean;
}
interface ReadableStream<R = any> {
  /** @deprecated not in Chrome 117 or Safari 17.4 */
  values(options?: ReadableStreamIteratorOptions): ReadableStreamAsyncIterator<R>;
}
interface Atomics {
  /** @deprecated not in Firefox 128 */
  waitAsync(typedArray: Int32Array, index: number, value: number, timeout?: number): { async: false; value: "not-equal" | "timed-out"; } | { async: true; value: Promise<"ok" | "timed-out">; };
  /** @deprecated not in Firefox 128 */
  waitAsync(typedArray: BigInt64Array, index: number, value: bigint, timeout?: number): { async: false; value: "not-equal" | "timed-out"; } | { async: true; value: Promise<"ok" | "timed-out">; };
}
