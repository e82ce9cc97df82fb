#include "core/secret.hpp"

#include <cstring>

namespace crier {

// A moved-from std::string may still hold a short token in its inner buffer, so it is wiped by hand.
Secret::Secret(Secret&& other) noexcept
    : value_(std::move(other.value_)) {
    other.wipe();
}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        wipe();
        value_ = std::move(other.value_);
        other.wipe();
    }
    return *this;
}

Secret::~Secret() {
    wipe();
}

void Secret::wipe() noexcept {
    // To the full capacity, and beyond size(): the buffer may have held a longer value before. resize() to
    // the capacity never allocates.
    value_.resize(value_.capacity());
    ::explicit_bzero(value_.data(), value_.size());
    value_.clear();
}

} // namespace crier
