import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { startServerUnderTest } from './running-server.ts';
import { createPurchases, toEventsFile } from './purchases.ts';
it('x', async () => {
  const p = createPurchases(70000);
  writeFileSync('/tmp/own-exp/p.csv', toEventsFile(p));
  const t=p.map(x=>x.timeMs); console.log(new Date(Math.min(...t.slice(0,60000))), new Set(p.map(x=>x.customer)).size, new Date(t.reduce((a,b)=>Math.max(a,b))));
  const today = process.env.TODAYX ?? '1998-07-15';
  const server = await startServerUnderTest({ env: { SANDBOX_EVENTS: '/tmp/own-exp/p.csv', SANDBOX_TODAY: today }, now: today+'T12:00:00Z' });
  const ask = async (label: string, doc: string, query: object) => {
    const t0 = Date.now();
    for (;;) {
      const a: any = await server.ask(doc, { query });
      if (a.errors && a.errors[0].extensions.code === 'NOT_READY') { console.log('again', Date.now()-t0); continue; }
      console.log(label, Date.now() - t0, JSON.stringify(a).slice(0, 600));
      return;
    }
  };
  const period = { dates: { from: '1997-01-01', to: '1998-06-30' } };
  for (const source of (process.env.SRC ?? 'sandbox-mytracker,sandbox-openpanel').split(',')) {
  await ask(source+' ret', `query($query: RetentionQuery!){retention(query:$query){rows{cohort size cells{offset count}}}}`, { source, period, timezone:'UTC', interval: 'MONTH', entry: {event:'purchase'}, returning:{event:'purchase'}, ...(process.env.OFFS?{offsets:+process.env.OFFS}:{}), waitFor: 'PT25S' });
  await ask(source+' coh', `query($query: CohortAnalysisQuery!){cohortAnalysis(query:$query){unit currency rows{cohort size cells{offset value}}}}`, { source, period, timezone:'UTC', interval: 'MONTH', entry: {event:'purchase'}, measure:'REVENUE', waitFor: 'PT25S' });
  await ask(source+' ltv', `query($query: LifetimeValueQuery!){lifetimeValue(query:$query){currency rows{cohort size lifetimeValue cells{offset value}}}}`, { source, period, timezone:'UTC', interval: 'MONTH', entry: {event:'purchase'}, waitFor: 'PT25S' });
  }
  for (const l of server.logged) { const j = JSON.parse(l); if (j.level>=50) console.log(JSON.stringify(j.err ?? j).slice(0,3000)); }
  await server.close();
}, 590000);
