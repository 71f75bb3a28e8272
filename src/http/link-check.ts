import type { DownloadPolicy } from '../analytics/http-client.ts';
import type { LinkFailures } from './link-failures.ts';

/** Given a link, or a redirect's target and where it was met, return what may be opened; throws why it may not. */
export type LinkCheck = (link: string, base?: URL) => URL;

/** Given from where files may be fetched (from nowhere where left out), return what checks links before anything is looked up. */
export function createLinkCheck(policy: DownloadPolicy | undefined, failures: LinkFailures): LinkCheck {
  const hosts = policy?.hosts ?? [];
  return (link, base) => {
    // Not `new URL`, whose error repeats the link.
    const url = URL.parse(link, base?.href);
    if (!url) throw failures.refused('a link that is no URL');
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw failures.refused('a link that is neither http nor https');
    }
    if (url.username !== '' || url.password !== '') {
      throw failures.refused(`a link to ${url.host} with a user name or a password in it`);
    }
    // Parsed like the link itself, an entry is the same host in other letters, and may name the scheme's own port.
    const isListed = hosts.some((host) => URL.parse(`${url.protocol}//${host}`)?.host === url.host);
    if (!isListed) throw failures.unlisted(url.host);
    return url;
  };
}
