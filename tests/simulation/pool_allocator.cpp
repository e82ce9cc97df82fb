// The memory of the simulator: one thread that makes and drops millions of small things a second. malloc is a
// fifth of all that a run costs; lists of free blocks by size are a tenth of that. Not with sanitizers, which
// want to see each block.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <sys/mman.h>

namespace {

constexpr std::size_t step = 16;
constexpr std::size_t largest = 4096; ///< above this: malloc
constexpr std::size_t chunk = 64U << 10U;
constexpr std::size_t arena_size = std::size_t{8} << 30U; ///< of addresses; memory only as it is used

struct Free {
    Free* next;
};

struct Pool {
    std::array<Free*, largest / step + 1> lists{};
    std::array<std::uint8_t, arena_size / chunk> sizes{}; ///< of a chunk's blocks, in steps
    std::uintptr_t arena = 0;
    std::size_t chunks = 0;

    void* take(std::size_t steps) {
        Free*& list = lists[steps];
        if (list == nullptr)
            fill(steps);
        Free* const block = list;
        list = block->next;
        return block;
    }

    void fill(std::size_t steps) {
        if (arena == 0) {
            void* const got = ::mmap(nullptr, arena_size, PROT_READ | PROT_WRITE,
                                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
            if (got == MAP_FAILED)
                std::abort();
            arena = reinterpret_cast<std::uintptr_t>(got);
        }
        if (chunks == sizes.size())
            std::abort();
        const std::uintptr_t begin = arena + chunks * chunk;
        sizes[chunks++] = static_cast<std::uint8_t>(steps - 1);
        const std::size_t size = steps * step;
        for (std::size_t at = chunk / size; at-- > 0;) {
            auto* const block = reinterpret_cast<Free*>(begin + at * size);
            block->next = lists[steps];
            lists[steps] = block;
        }
    }

    [[nodiscard]] bool owns(const void* block) const noexcept {
        return reinterpret_cast<std::uintptr_t>(block) - arena < chunks * chunk;
    }

    void give(void* block) noexcept {
        give(block, sizes[(reinterpret_cast<std::uintptr_t>(block) - arena) / chunk] + 1U);
    }
    void give(void* block, std::size_t steps) noexcept {
        auto* const free = static_cast<Free*>(block);
        Free*& list = lists[steps];
        free->next = list;
        list = free;
    }
};

constinit Pool pool;

} // namespace

void* operator new(std::size_t size) {
    const std::size_t steps = (size + step - 1) / step;
    if (steps <= largest / step && steps > 0)
        return pool.take(steps);
    if (void* const block = std::malloc(size == 0 ? 1 : size))
        return block;
    throw std::bad_alloc{};
}

void operator delete(void* block) noexcept {
    if (pool.owns(block))
        pool.give(block);
    else
        std::free(block);
}

void operator delete(void* block, std::size_t size) noexcept {
    if (block != nullptr && size > 0 && size <= largest)
        pool.give(block, (size + step - 1) / step);
    else
        operator delete(block);
}
