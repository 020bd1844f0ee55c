/**
 * The part of OTLP/JSON that traces are made of, as OpenTelemetry collectors and SDKs write it to files: one request as a whole, or one a line.
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export interface OtlpTraces {
  readonly resourceSpans?: readonly OtlpResourceSpans[];
}

export interface OtlpResourceSpans {
  readonly resource?: { readonly attributes?: readonly OtlpAttribute[] };
  readonly scopeSpans?: readonly OtlpScopeSpans[];
  /** The name until OTLP 0.19. */
  readonly instrumentationLibrarySpans?: readonly OtlpScopeSpans[];
}

export interface OtlpScopeSpans {
  readonly scope?: { readonly name?: string; readonly version?: string };
  readonly instrumentationLibrary?: { readonly name?: string };
  readonly spans?: readonly OtlpSpan[];
}

export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer; some write the enum's name. */
  readonly kind?: number | string;
  readonly startTimeUnixNano: string | number;
  readonly endTimeUnixNano: string | number;
  readonly attributes?: readonly OtlpAttribute[];
  readonly events?: readonly { readonly name: string; readonly timeUnixNano: string; readonly attributes?: readonly OtlpAttribute[] }[];
  readonly status?: { readonly code?: number | string; readonly message?: string };
}

export interface OtlpAttribute {
  readonly key: string;
  readonly value: OtlpValue;
}

export interface OtlpValue {
  readonly stringValue?: string;
  readonly intValue?: string | number;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly arrayValue?: { readonly values?: readonly OtlpValue[] };
}

export type AttributeValue = string | number | boolean | readonly AttributeValue[];
