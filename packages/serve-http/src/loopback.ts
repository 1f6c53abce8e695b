import { isIPv4, isIPv6 } from 'node:net';

/** Whether a host name or address reaches this machine only. IPv6 with or without brackets. */
export function isLoopback(host: string): boolean {
  const name = withoutBrackets(host).toLowerCase();
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'));
}

export function isIpAddress(host: string): boolean {
  const name = withoutBrackets(host);
  return isIPv4(name) || isIPv6(name);
}

function withoutBrackets(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}
