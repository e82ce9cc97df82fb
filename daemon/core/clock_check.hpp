#pragma once

#include "core/time.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace crier {

/// Can the wall clock be believed (delivery rule 15)? What is due goes by it, so while it is in doubt nothing
/// is sent. Pure: `now` is what the clock says.
class ClockCheck {
public:
    /// A clock that stands so far before the store's last sign of life is in doubt until a server agrees with
    /// it, or a person does.
    static constexpr Duration behind = std::chrono::hours{1};
    /// A server's Date may differ by so much.
    static constexpr Duration apart = std::chrono::minutes{5};

    /// At the start. `last_alive`: zero for a new store.
    void begin(Instant now, Instant last_alive);

    /// A server says that it is `date`. True when that changed what trouble() says of any.
    bool heard(const std::string& server, Instant date, Instant now);

    /// A person says that it is right.
    void confirm();

    /// Why nothing may be sent to this server, with both times; empty: it may.
    [[nodiscard]] const std::string& trouble(std::string_view server) const;
    /// A server was heard since the start, and all that were agree with it.
    [[nodiscard]] bool agreed() const noexcept;
    /// In doubt since the start: nothing may be sent, and nothing fires.
    [[nodiscard]] bool in_doubt() const noexcept { return !behind_.empty(); }

private:
    struct Server {
        Duration ahead{};   ///< of our clock, when it was last heard
        Duration excused{}; ///< so much is this server's own fault, as a person said
        std::string why;    ///< empty: it agrees
    };
    std::string behind_;
    std::map<std::string, Server, std::less<>> servers_;
};

} // namespace crier
