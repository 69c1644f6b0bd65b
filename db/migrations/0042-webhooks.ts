/**
 * What is told to other systems. The triggers put what happened into the queue in the batch of its cause, whoever writes
 * it, so that nothing is lost and nothing is told that did not happen; what is told names nobody. `old_secret` signs
 * beside the new one until `old_until`. A delivery keeps its `id` (the webhook-id) and its body however often it is sent.
 */
export const sql = `
CREATE TABLE webhooks (
  id TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  district TEXT,
  secret BLOB NOT NULL,
  old_secret BLOB,
  old_until TEXT,
  created_by TEXT REFERENCES staff (id),
  created_at TEXT NOT NULL,
  ended_at TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE webhook_deliveries (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  webhook_id TEXT NOT NULL REFERENCES webhooks (id),
  event TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  status TEXT NOT NULL CONSTRAINT webhook_deliveries_status CHECK (status IN ('waiting', 'sending', 'sent', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at TEXT NOT NULL,
  leased_until TEXT,
  first_tried_at TEXT,
  answered INTEGER,
  error TEXT,
  created_at TEXT NOT NULL,
  done_at TEXT
) STRICT;
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_attempt_at) WHERE status = 'waiting';
CREATE INDEX webhook_deliveries_under_way ON webhook_deliveries (leased_until) WHERE status = 'sending';
CREATE INDEX webhook_deliveries_open ON webhook_deliveries (webhook_id, subject, seq) WHERE status IN ('waiting', 'sending');
CREATE INDEX webhook_deliveries_by_hook ON webhook_deliveries (webhook_id, seq);

CREATE TRIGGER webhooks_hear_cases AFTER INSERT ON case_events BEGIN
  INSERT INTO webhook_deliveries (id, webhook_id, event, subject, body, status, next_attempt_at, created_at)
    SELECT 'msg_' || lower(hex(randomblob(16))), w.id, 'application.moved', 'case:' || c.number,
      json_object('type', 'application.moved', 'timestamp', NEW.at, 'data', json_object(
        'number', c.number, 'district', c.district, 'move', NEW.move, 'from', NEW.from_stage,
        'to', NEW.to_stage, 'version', NEW.ordinal)),
      'waiting', NEW.at, NEW.at
    FROM webhooks w JOIN cases c ON c.id = NEW.case_id
    WHERE w.ended_at IS NULL AND w.events LIKE '%"application.moved"%' AND (w.district IS NULL OR w.district = c.district); END;
CREATE TRIGGER webhooks_hear_vouchers AFTER INSERT ON voucher_events BEGIN
  INSERT INTO webhook_deliveries (id, webhook_id, event, subject, body, status, next_attempt_at, created_at)
    SELECT 'msg_' || lower(hex(randomblob(16))), w.id, 'voucher.moved', 'voucher:' || v.number,
      json_object('type', 'voucher.moved', 'timestamp', NEW.at, 'data', json_object(
        'number', v.number, 'district', v.district, 'move', NEW.move, 'from', NEW.from_state,
        'to', NEW.to_state, 'version', NEW.ordinal)),
      'waiting', NEW.at, NEW.at
    FROM webhooks w JOIN vouchers v ON v.id = NEW.voucher_id
    WHERE w.ended_at IS NULL AND w.events LIKE '%"voucher.moved"%' AND (w.district IS NULL OR w.district = v.district); END;
CREATE TRIGGER webhooks_hear_proposals AFTER UPDATE OF state ON api_proposals WHEN OLD.state = 'open' AND NEW.state <> 'open' BEGIN
  INSERT INTO webhook_deliveries (id, webhook_id, event, subject, body, status, next_attempt_at, created_at)
    SELECT 'msg_' || lower(hex(randomblob(16))), w.id, 'proposal.decided', 'case:' || c.number,
      json_object('type', 'proposal.decided', 'timestamp', NEW.decided_at, 'data', json_object(
        'id', NEW.id, 'number', c.number, 'district', c.district, 'move', NEW.move, 'state', NEW.state)),
      'waiting', NEW.decided_at, NEW.decided_at
    FROM webhooks w JOIN cases c ON c.id = NEW.case_id
    WHERE w.ended_at IS NULL AND w.events LIKE '%"proposal.decided"%' AND (w.district IS NULL OR w.district = c.district); END;
`
