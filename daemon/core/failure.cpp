#include "core/failure.hpp"

namespace crier {

int exit_code(Cause cause) noexcept {
    switch (cause) {
    case Cause::usage:
        return 2;
    case Cause::config:
        return 3;
    case Cause::token:
    case Cause::permission:
        return 4;
    case Cause::network:
    case Cause::server:
        return 5;
    case Cause::temporary:
        return 75;
    case Cause::corrupt:
    case Cause::conflict:
    case Cause::fenced:
    case Cause::not_found:
    case Cause::unsupported:
    case Cause::cancelled:
    case Cause::internal:
        break;
    }
    return 1;
}

} // namespace crier
