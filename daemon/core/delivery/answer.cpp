#include "core/delivery/answer.hpp"

#include <algorithm>

namespace crier::delivery {

std::string said_by(const Reply& reply) {
    std::string text = reply.http != 0 ? std::to_string(reply.http) : std::string{};
    if (!reply.text.empty())
        text += (text.empty() ? "" : " ") + reply.text;
    return text.empty() ? std::string{to_text(reply.verdict)} : text;
}

std::string said_with_hint(const Reply& reply) {
    return reply.hint.empty() ? said_by(reply) : said_by(reply) + "; " + reply.hint;
}

Instant end_of_limit(const Reply& reply, Instant now) {
    Instant until = now;
    if (reply.rate.retry_after)
        until = std::max(until, now + *reply.rate.retry_after);
    if (reply.rate.reset)
        until = std::max(until, *reply.rate.reset);
    return until > now ? until : now + std::chrono::minutes{1};
}

} // namespace crier::delivery
