#include "programs/sandbox.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>

namespace crier::test {

namespace asio = boost::asio;
namespace json = boost::json;

Sandbox::Sandbox(const TempDir& directory, std::vector<std::string> more) {
    const std::string port_file = directory.file("sandbox.url");
    ca_file_ = directory.file("ca.pem");
    std::vector<std::string> command{CRIER_SANDBOX, "--listen", "127.0.0.1:0", "--port-file", port_file};
    for (const std::string& argument : more)
        tls_ = tls_ || argument == "--tls";
    if (tls_) {
        command.emplace_back("--ca-out");
        command.push_back(ca_file_);
    }
    command.insert(command.end(), more.begin(), more.end());
    process_ = std::make_unique<Process>(command, Process::Environment{}, directory.file("sandbox.out"));
    if (!eventually([&] { return !read_file(port_file).empty() || !process_->running(); }) ||
        !process_->running())
        throw std::runtime_error("the sandbox did not start:\n" + process_->output());
    url_ = read_file(port_file);
    while (!url_.empty() && (url_.back() == '\n' || url_.back() == '/'))
        url_.pop_back();
    port_ = url_.substr(url_.rfind(':') + 1);
}

std::string Sandbox::exchange(const std::string& method, const std::string& path, const std::string& body) {
    const std::string request =
        method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: test\r\nConnection: close\r\n" +
        "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
        body;
    asio::io_context context;
    asio::ip::tcp::resolver resolver{context};
    std::string reply;
    boost::system::error_code error;
    if (tls_) {
        asio::ssl::context tls{asio::ssl::context::tls_client};
        tls.load_verify_file(ca_file_);
        asio::ssl::stream<asio::ip::tcp::socket> stream{context, tls};
        asio::connect(stream.lowest_layer(), resolver.resolve("127.0.0.1", port_));
        stream.handshake(asio::ssl::stream_base::client);
        asio::write(stream, asio::buffer(request));
        asio::read(stream, asio::dynamic_buffer(reply), error);
    } else {
        asio::ip::tcp::socket socket{context};
        asio::connect(socket, resolver.resolve("127.0.0.1", port_));
        asio::write(socket, asio::buffer(request));
        asio::read(socket, asio::dynamic_buffer(reply), error);
    }
    const auto head = reply.find("\r\n\r\n");
    if (head == std::string::npos || reply.compare(9, 1, "2") != 0)
        throw std::runtime_error("sandbox: " + method + " " + path + ": " + reply.substr(0, 400));
    return reply.substr(head + 4);
}

json::value Sandbox::control(const std::string& method, const std::string& path, const json::object& body) {
    const std::string reply = exchange(method, path, json::serialize(body));
    return reply.empty() ? json::value{} : json::parse(reply);
}

json::array Sandbox::statuses() {
    return json::parse(exchange("GET", "/sandbox/statuses", {})).as_array();
}

std::vector<std::string> Sandbox::timeline() {
    std::vector<std::string> texts;
    for (const json::value& status : statuses())
        texts.emplace_back(status.at("text").as_string());
    return texts;
}

std::vector<json::object> Sandbox::log(std::int64_t since) {
    std::vector<json::object> list;
    const std::string lines = exchange("GET", "/sandbox/log?since=" + std::to_string(since), {});
    for (std::size_t at = 0; at < lines.size();) {
        const auto end = std::min(lines.find('\n', at), lines.size());
        list.push_back(json::parse(lines.substr(at, end - at)).as_object());
        at = end + 1;
    }
    return list;
}

std::vector<json::object> Sandbox::requests(const std::string& prefix) {
    std::vector<json::object> list = log();
    std::erase_if(list, [&](const json::object& entry) {
        const std::string line =
            std::string{entry.at("method").as_string()} + " " + std::string{entry.at("path").as_string()};
        return line.compare(0, prefix.size(), prefix) != 0;
    });
    return list;
}

void Sandbox::fault(const std::string& on, const std::string& what, int count, json::object more) {
    more["on"] = on;
    more["do"] = what;
    more["count"] = count;
    json::array faults;
    faults.push_back(std::move(more));
    json::object body;
    body["faults"] = std::move(faults);
    (void)control("POST", "/sandbox/faults", body);
}

} // namespace crier::test
