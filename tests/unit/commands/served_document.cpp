#include "served_document.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <atomic>
#include <mutex>
#include <thread>
#include <utility>

namespace crier::commands::test {

namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

} // namespace

struct ServedDocument::State {
    asio::io_context context;
    tcp::acceptor acceptor{context, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
    std::mutex mutex; ///< of the reply
    std::string reply;
    std::atomic<bool> over = false;
    std::thread thread;

    void run() {
        while (true) {
            tcp::socket socket{context};
            boost::system::error_code error;
            acceptor.accept(socket, error);
            if (over || error)
                return;
            std::string request;
            (void)asio::read_until(socket, asio::dynamic_buffer(request), "\r\n\r\n", error);
            const std::lock_guard lock{mutex};
            (void)asio::write(socket, asio::buffer(reply), error);
        }
    }
};

ServedDocument::ServedDocument()
    : state_(std::make_unique<State>()) {
    state_->thread = std::thread{[state = state_.get()] { state->run(); }};
}

ServedDocument::~ServedDocument() {
    state_->over = true;
    boost::system::error_code error;
    tcp::socket last{state_->context}; // so that accept() returns
    (void)last.connect(state_->acceptor.local_endpoint(), error);
    state_->thread.join();
}

void ServedDocument::serve(std::string document, std::string content_type) {
    std::string reply =
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + std::to_string(document.size());
    if (!content_type.empty())
        reply += "\r\nContent-Type: " + content_type;
    reply += "\r\n\r\n" + document;
    const std::lock_guard lock{state_->mutex};
    state_->reply = std::move(reply);
}

std::string ServedDocument::url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(state_->acceptor.local_endpoint().port()) + path;
}

} // namespace crier::commands::test
