#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace crier {

/// What somebody has sent to a source.
struct Heard {
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case

    Heard() = default; // no aggregate: it travels through coroutines (docs/ARCHITECTURE.md, "Traps")
};

/// What became of it.
struct Hearing {
    enum class Kind {
        taken,   ///< what it means is durable
        refused, ///< the source's plugin makes no sense of it; nor will it the next time
        later,   ///< not now: it is to be sent again
        unknown, ///< there is no such source
    };
    Kind kind = Kind::later;
    std::size_t items = 0;
    std::size_t posts = 0; ///< new ones
    std::string why;       ///< of what was not taken, and what to do about it
    std::string hint;

    Hearing() = default;
    Hearing(Kind k, std::string w, std::string h = {})
        : kind(k)
        , why(std::move(w))
        , hint(std::move(h)) {}
};

/// What a hub asks of somebody who is said to want what it pushes (WebSub, 5.2 and 5.3).
struct HubQuestion {
    std::string mode; ///< subscribe, unsubscribe, denied
    std::string topic;
    std::string lease;  ///< seconds, as it writes them
    std::string reason; ///< of denied; may be empty

    HubQuestion() = default;
};

enum class HubAnswer {
    agreed,  ///< and durable
    refused, ///< it was not asked for
    later,   ///< it could not be recorded: to be asked again
};

} // namespace crier
