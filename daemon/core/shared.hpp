#pragma once

#include <cstddef>
#include <memory>
#include <utility>

namespace crier {

/// What several share and nobody changes; may be null. Two of them are equal when they say the same, whether
/// it is one object or two: so a configuration that was read again can be held against the one before.
template <class T>
class Shared : public std::shared_ptr<const T> {
public:
    using std::shared_ptr<const T>::shared_ptr;
    Shared(std::shared_ptr<const T> of) noexcept
        : std::shared_ptr<const T>(std::move(of)) {}

    friend bool operator==(const Shared& a, const Shared& b) {
        return a.get() == b.get() || (a.get() != nullptr && b.get() != nullptr && *a == *b);
    }
    friend bool operator==(const Shared& a, std::nullptr_t) noexcept { return a.get() == nullptr; }
};

} // namespace crier
