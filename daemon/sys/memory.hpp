#pragma once

namespace crier::sys {

/// Keeps what the allocator holds for later small: few arenas, and large blocks that go back when they are
/// freed, however many there were. (glibc raises both by itself, up to 32 MB and eight arenas for each
/// processor; a daemon that has read a large configuration once would keep its size for ever.) Before the
/// first thread.
void keep_heap_small() noexcept;

/// Gives back what is free in the middle of the heap, too: after a large piece of work. Some milliseconds for
/// each hundred megabytes.
void give_back_memory() noexcept;

/// Lets go of the pages of the program and its libraries that nobody writes to. Most of them were needed to
/// read options and files, and stay mapped for ever; the few that are needed come back from the page cache,
/// in less than a millisecond together.
void give_back_code() noexcept;

} // namespace crier::sys
