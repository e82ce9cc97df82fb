#include "net/turns.hpp"

#include "net/url.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <utility>

namespace crier::net {

namespace asio = boost::asio;

namespace {

/// Somebody who wants a turn, from then on until it is over.
struct Turn {
    explicit Turn(Clock& clock)
        : alarm(clock.make_alarm()) {}

    std::unique_ptr<Alarm> alarm;
};

/// Who wants to talk to one host: the first one does.
using Line = std::deque<Turn*>;
using Lines = std::map<std::string, Line>;

/// Holds a place in a host's line, and leaves it at the end, however that comes.
class Place {
public:
    Place(Lines& lines, std::string host, Turn& turn)
        : lines_(lines)
        , host_(std::move(host))
        , turn_(turn) {
        lines_[host_].push_back(&turn_);
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
        const auto found = lines_.find(host_);
        Line& line = found->second;
        const bool was_first = line.front() == &turn_;
        std::erase(line, &turn_);
        if (line.empty())
            lines_.erase(found);
        else if (was_first)
            line.front()->alarm->ring();
    }

    [[nodiscard]] bool is_first() const { return lines_.find(host_)->second.front() == &turn_; }

private:
    Lines& lines_;
    std::string host_;
    Turn& turn_;
};

class TurnClient final : public HttpClient {
public:
    TurnClient(HttpClient& inner, Clock& clock)
        : inner_(inner)
        , clock_(clock) {}

    asio::awaitable<HttpResult> send(HttpRequest request) override {
        const Result<Url> url = parse_url(request.url);
        if (!url) // it has the words for it
            co_return co_await inner_.send(std::move(request));
        Turn turn{clock_};
        const Place place{lines_, (url->tls ? "https://" : "http://") + url->authority(), turn};
        if (!place.is_first())
            co_await turn.alarm->wait_for(longest_turn_wait);
        if (!place.is_first())
            co_return HttpFailure{
                HttpPhase::connect,
                Failure{Cause::temporary,
                        url->host + ": it is slow, and the looks before this one took longer than " +
                            to_text(longest_turn_wait),
                        "sources of one host are looked at one after another: give them a longer `poll`"},
                false};
        co_return co_await inner_.send(std::move(request));
    }
    void close_idle() override { inner_.close_idle(); }

private:
    HttpClient& inner_;
    Clock& clock_;
    Lines lines_; ///< none is empty
};

} // namespace

std::unique_ptr<HttpClient> make_turn_client(HttpClient& inner, Clock& clock) {
    return std::make_unique<TurnClient>(inner, clock);
}

} // namespace crier::net
