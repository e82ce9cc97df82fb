#include "sys/memory.hpp"

#include <cstdint>
#include <cstdlib> // defines __GLIBC__
#include <link.h>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace crier::sys {

void keep_heap_small() noexcept {
#ifdef __GLIBC__
    constexpr int arenas = 2; // the loop's, and one for the store's thread and the pool
    constexpr int large = 1 << 20;
    ::mallopt(M_ARENA_MAX, arenas);
    ::mallopt(M_MMAP_THRESHOLD, large);
    ::mallopt(M_TRIM_THRESHOLD, large);
#endif
}

void give_back_memory() noexcept {
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

namespace {

/// One object that is loaded. What may be written to, or was until it was relocated, is let be.
int let_go_of(dl_phdr_info* object, std::size_t, void*) noexcept {
    if (std::string_view{object->dlpi_name}.find("vdso") != std::string_view::npos)
        return 0; // the kernel's
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    for (int i = 0; i < object->dlpi_phnum; ++i) {
        const auto& part = object->dlpi_phdr[i];
        if (part.p_type != PT_LOAD || (part.p_flags & PF_W) != 0)
            continue;
        const std::uintptr_t begin = (object->dlpi_addr + part.p_vaddr) & ~(page - 1);
        const std::uintptr_t end = object->dlpi_addr + part.p_vaddr + part.p_memsz;
        ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED); // a hint, and no more
    }
    return 0;
}

} // namespace

void give_back_code() noexcept {
    ::dl_iterate_phdr(let_go_of, nullptr);
}

} // namespace crier::sys
