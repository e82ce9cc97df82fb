#include "core/delivery/reply.hpp"

namespace crier {

std::string_view to_text(Verdict verdict) noexcept {
    switch (verdict) {
    case Verdict::published:
        return "published";
    case Verdict::removed:
        return "removed";
    case Verdict::pinned:
        return "pinned";
    case Verdict::alive:
        return "alive";
    case Verdict::media_ready:
        return "media_ready";
    case Verdict::media_pending:
        return "media_pending";
    case Verdict::media_failed:
        return "media_failed";
    case Verdict::media_kept_back:
        return "media_kept_back";
    case Verdict::media_gone:
        return "media_gone";
    case Verdict::not_ready:
        return "not_ready";
    case Verdict::not_sent:
        return "not_sent";
    case Verdict::limited:
        return "limited";
    case Verdict::busy:
        return "busy";
    case Verdict::unauthorized:
        return "unauthorized";
    case Verdict::forbidden:
        return "forbidden";
    case Verdict::refused:
        return "refused";
    case Verdict::not_found:
        return "not_found";
    case Verdict::unknown:
        return "unknown";
    }
    return "unknown";
}

} // namespace crier
