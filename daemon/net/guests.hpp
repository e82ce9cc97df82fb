#pragma once

#include "net/deadline.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Who has come to a server, and who waits for one of them to go. Thread, for all of it: the executor's.
namespace crier::net {

/// Of either kind: Unix or TCP.
using ServerSocket = boost::asio::generic::stream_protocol::socket;

void close(ServerSocket& socket);

/// All of it; the text outlives the call.
[[nodiscard]] boost::asio::awaitable<boost::system::error_code> write_text(ServerSocket& socket,
                                                                           std::string_view text);

/// One connection.
struct Guest {
    explicit Guest(ServerSocket s)
        : socket(std::move(s)) {}

    ServerSocket socket;
    std::string unread; ///< what has come of it and is not parsed yet
    bool silent = true; ///< nobody knows yet what is wanted: no whole head of a request has come
    Steady::time_point silent_since{}; ///< while it is
};

class Guests {
public:
    explicit Guests(boost::asio::any_io_executor executor)
        : executor_(std::move(executor)) {}
    Guests(const Guests&) = delete;
    Guests& operator=(const Guests&) = delete;

    using Place = std::list<Guest>::iterator;
    [[nodiscard]] Place let_in(ServerSocket socket);
    void let_out(Place place);

    [[nodiscard]] std::list<Guest>& all() noexcept { return all_; }
    [[nodiscard]] bool empty() const noexcept { return all_.empty(); }
    /// Those whom a limit is for: whose answer is no stream.
    [[nodiscard]] std::size_t asking() const noexcept { return all_.size() - streams_; }

    /// Whoever waits for room hears of it.
    void note_silence(Guest& guest);

    /// Closes the connection of whoever has been silent for longest: whoever comes next may have something
    /// to ask. Its place is free a moment later. Nobody is silent: nothing.
    void send_away_silent();

    /// Wakes all who wait for somebody to go.
    void ring();

    /// Rings when somebody goes, or something else has changed. One waits at a time.
    class Bell {
    public:
        explicit Bell(Guests& guests);
        ~Bell();
        Bell(const Bell&) = delete;
        Bell& operator=(const Bell&) = delete;

        [[nodiscard]] boost::asio::awaitable<void> wait(Steady::time_point until);

    private:
        Guests& guests_;
        boost::asio::steady_timer timer_;
    };

    /// Counts a connection that carries a stream, so that it takes none of the room that short requests have.
    class Streaming {
    public:
        explicit Streaming(Guests& guests);
        ~Streaming() { --guests_.streams_; }
        Streaming(const Streaming&) = delete;
        Streaming& operator=(const Streaming&) = delete;

    private:
        Guests& guests_;
    };

private:
    boost::asio::any_io_executor executor_;
    std::list<Guest> all_;
    std::vector<boost::asio::steady_timer*> bells_;
    std::size_t streams_ = 0;
};

} // namespace crier::net
