#pragma once

namespace crier::bench {

/// A feed's items to rows of the outbox: the engine's intake and the store by themselves, and `crier run
/// --once` from the feed's file to the end.
void feed_outbox();

} // namespace crier::bench
