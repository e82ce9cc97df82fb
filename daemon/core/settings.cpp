#include "core/settings.hpp"

namespace crier {

std::string_view to_text(Mode mode) noexcept {
    switch (mode) {
    case Mode::live:
        return "live";
    case Mode::hold:
        return "hold";
    case Mode::dry:
        return "dry";
    }
    return "live";
}

std::string_view to_text(OnDoubt value) noexcept {
    switch (value) {
    case OnDoubt::hold:
        return "hold";
    case OnDoubt::skip:
        return "skip";
    case OnDoubt::resend:
        return "resend";
    }
    return "hold";
}

} // namespace crier
