/** What a host calls itself. Source: RFC 1123 §2.1. */
export type HostName = string;
