#pragma once

#include "core/delivery/reply.hpp"
#include "core/failure.hpp"
#include "core/time.hpp"
#include "ports/clock.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace crier::engine {

/// What the servers say that they are. One account asks for all that post there: a thousand that ask at once
/// use up what a server answers to those whom it does not know, and wait for half an hour.
///
/// Ownership: by the engine; the alarms of those who wait outlive end(). Thread: the engine's.
class ServerProfiles {
    struct Server;

public:
    struct Answer {
        Result<ServerProfile> profile;
        Instant came{};
    };

    /// For so long an answer serves: a server's limits change with its versions.
    static constexpr Duration life = std::chrono::hours{24};

    /// The right and the duty to ask. Gone without end(): somebody else may ask.
    class Asking {
    public:
        explicit Asking(std::shared_ptr<Server> server);
        Asking(Asking&&) noexcept = default;
        Asking& operator=(Asking&&) = delete;
        ~Asking();

        /// The answer; it wakes those who wait for it.
        void end(Answer answer);

    private:
        std::shared_ptr<Server> server_;
    };

    /// Nothing: an account is asking.
    [[nodiscard]] std::optional<Asking> ask(const std::string& server);

    /// Rings when the answer is there.
    void wait_for(const std::string& server, Alarm& alarm);

    /// The last answer, when it came at this moment or later. Valid until the next one.
    [[nodiscard]] const Answer* answer(const std::string& server, Instant since) const;

private:
    struct Server {
        bool asked = false;
        std::optional<Answer> answer;
        std::set<Alarm*> waiting;
    };

    std::map<std::string, std::shared_ptr<Server>, std::less<>> servers_;
};

} // namespace crier::engine
