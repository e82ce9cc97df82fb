#pragma once

#include "net/byte_stream.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace crier::test {

/// A connection without a network: what the other side says, and how much the kernel takes.
class FakeStream final : public net::ByteStream {
public:
    explicit FakeStream(boost::asio::io_context& context)
        : changed_(context) {
        changed_.expires_at(boost::asio::steady_timer::time_point::max());
    }

    /// Comes in one piece, as soon as so many bytes were written.
    FakeStream& says(std::string text, std::size_t after = 0) {
        incoming_.emplace_back(std::move(text), after);
        return *this;
    }
    /// Behind all that was said. Without it the other side just stays there.
    FakeStream& ends(boost::system::error_code with = boost::asio::error::eof) {
        end_ = with;
        return *this;
    }
    /// Then the kernel has no room any more, or says what is wrong.
    FakeStream& takes(std::size_t bytes, std::optional<boost::system::error_code> then = std::nullopt) {
        capacity_ = bytes;
        write_error_ = then;
        return *this;
    }

    boost::asio::awaitable<std::size_t> read_some(char* data, std::size_t size,
                                                  boost::system::error_code& error) override {
        for (;;) {
            if (closed)
                error = boost::asio::error::operation_aborted;
            else if (!incoming_.empty() && written.size() >= incoming_.front().second)
                co_return take(data, size);
            else if (incoming_.empty() && end_)
                error = *end_;
            if (error)
                co_return 0U;
            co_await change();
        }
    }

    boost::asio::awaitable<std::size_t> write_some(const char* data, std::size_t size,
                                                   boost::system::error_code& error) override {
        co_await boost::asio::post(boost::asio::use_awaitable); // others get a turn
        for (;;) {
            const std::size_t n = std::min({size, per_call, capacity_ - written.size()});
            if (closed)
                error = boost::asio::error::operation_aborted;
            else if (n > 0) {
                written.append(data, n);
                changed_.cancel();
                co_return n;
            } else if (write_error_)
                error = *write_error_;
            if (error)
                co_return 0U;
            co_await change();
        }
    }

    void close() override {
        closed = true;
        changed_.cancel();
    }
    bool stale() override { return closed || is_stale; }

    std::string written;
    std::size_t per_call = std::numeric_limits<std::size_t>::max();
    bool closed = false;
    bool is_stale = false;

private:
    std::size_t take(char* data, std::size_t size) {
        std::string& piece = incoming_.front().first;
        const std::size_t n = std::min(size, piece.size());
        std::copy_n(piece.begin(), n, data);
        piece.erase(0, n);
        if (piece.empty())
            incoming_.pop_front();
        return n;
    }
    boost::asio::awaitable<void> change() {
        boost::system::error_code ignored;
        co_await changed_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    }

    boost::asio::steady_timer changed_;
    std::deque<std::pair<std::string, std::size_t>> incoming_;
    std::optional<boost::system::error_code> end_;
    std::size_t capacity_ = std::numeric_limits<std::size_t>::max();
    std::optional<boost::system::error_code> write_error_;
};

} // namespace crier::test
