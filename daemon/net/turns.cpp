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
    bool has_come = false;
};

/// Who wants to talk to one host: the first few do.
using Line = std::deque<Turn*>;
using Lines = std::map<std::string, Line>;

/// Holds a place in a host's line, and leaves it at the end, however that comes.
class Place {
public:
    Place(Lines& lines, std::size_t at_once, std::string host, Turn& turn)
        : lines_(lines)
        , at_once_(at_once)
        , host_(std::move(host))
        , turn_(turn) {
        Line& line = lines_[host_];
        line.push_back(&turn_);
        turn_.has_come = line.size() <= at_once_;
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
        const auto found = lines_.find(host_);
        Line& line = found->second;
        std::erase(line, &turn_);
        if (line.empty()) {
            lines_.erase(found);
            return;
        }
        Turn& last = *line[std::min(at_once_, line.size()) - 1];
        if (!std::exchange(last.has_come, true))
            last.alarm->ring();
    }

private:
    Lines& lines_;
    std::size_t at_once_;
    std::string host_;
    Turn& turn_;
};

class TurnClient final : public HttpClient {
public:
    TurnClient(HttpClient& inner, Clock& clock, TurnRules rules)
        : inner_(inner)
        , clock_(clock)
        , rules_(rules) {}

    asio::awaitable<HttpResult> send(HttpRequest request) override {
        const Result<Url> url = parse_url(request.url);
        if (!url) // it has the words for it
            co_return co_await inner_.send(std::move(request));
        Turn turn{clock_};
        const Place place{lines_, rules_.at_once, (url->tls ? "https://" : "http://") + url->authority(),
                          turn};
        const Mono came = clock_.mono();
        const Duration most = rules_.within_timeout ? request.timeout : longest_turn_wait;
        if (!turn.has_come)
            co_await turn.alarm->wait_for(most);
        if (!turn.has_come)
            co_return too_late(*url, most);
        if (rules_.within_timeout)
            request.timeout -= std::min(request.timeout, clock_.mono() - came);
        co_return co_await inner_.send(std::move(request));
    }
    void close_idle() override { inner_.close_idle(); }

private:
    [[nodiscard]] HttpResult too_late(const Url& url, Duration most) const {
        const std::string why =
            url.host + ": it is slow, and those before this one took longer than " + to_text(most);
        const std::string hint =
            rules_.within_timeout
                ? "`requests_per_server` says how many go to one server at a time"
                : "sources of one host are looked at one after another: give them a longer `poll`";
        return HttpFailure{HttpPhase::connect, Failure{Cause::temporary, why, hint}, false};
    }

    HttpClient& inner_;
    Clock& clock_;
    TurnRules rules_;
    Lines lines_; ///< none is empty
};

} // namespace

std::unique_ptr<HttpClient> make_turn_client(HttpClient& inner, Clock& clock, TurnRules rules) {
    return std::make_unique<TurnClient>(inner, clock, rules);
}

} // namespace crier::net
