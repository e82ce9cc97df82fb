#include "net/guests.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <utility>

namespace crier::net {

namespace asio = boost::asio;
using boost::system::error_code;

void close(ServerSocket& socket) {
    error_code ignored;
    socket.close(ignored);
}

asio::awaitable<error_code> write_text(ServerSocket& socket, std::string_view text) {
    error_code error;
    co_await asio::async_write(socket, asio::buffer(text), asio::redirect_error(asio::use_awaitable, error));
    co_return error;
}

Guests::Place Guests::let_in(ServerSocket socket) {
    all_.emplace_front(std::move(socket)).silent_since = Steady::now();
    return all_.begin();
}

void Guests::let_out(Place place) {
    all_.erase(place);
    ring();
}

void Guests::note_silence(Guest& guest) {
    guest.silent = true;
    guest.silent_since = Steady::now();
    ring();
}

void Guests::send_away_silent() {
    Guest* longest = nullptr;
    for (Guest& guest : all_)
        if (guest.silent && (longest == nullptr || guest.silent_since < longest->silent_since))
            longest = &guest;
    if (longest == nullptr)
        return;
    longest->silent = false; // once is enough
    close(longest->socket);
}

void Guests::ring() {
    for (asio::steady_timer* bell : bells_)
        bell->cancel();
}

Guests::Bell::Bell(Guests& guests)
    : guests_(guests)
    , timer_(guests.executor_) {
    guests_.bells_.push_back(&timer_);
}

Guests::Bell::~Bell() {
    std::erase(guests_.bells_, &timer_);
}

asio::awaitable<void> Guests::Bell::wait(Steady::time_point until) {
    error_code ignored;
    timer_.expires_at(until);
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

Guests::Streaming::Streaming(Guests& guests)
    : guests_(guests) {
    ++guests_.streams_;
    guests_.ring();
}

} // namespace crier::net
