// Requests of the program itself: the handlers of a router answer them as they answer a client's, without a
// socket. The door in front of the routes is the caller's matter: what it would have learnt goes in with the
// request.
//
// One io thread runs the handlers, `workers` threads what they offload. Any thread.
#pragma once

#include <any>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_set>

#include "http/message.h"
#include "http/router.h"

namespace peregrine::http {

class Errand;

class InProcess {
 public:
  struct Question {
    Request request;  // with its body
    Headers common;   // as a `before` hook would have set them
    std::any context;
  };
  // Called once, on the io thread; nothing: it was given up, or there is no such route. Must not block.
  using Answered = std::function<void(std::optional<Response>)>;

  InProcess(Router router, unsigned workers);
  InProcess(const InProcess&) = delete;
  InProcess& operator=(const InProcess&) = delete;
  ~InProcess();

  // Runs until it is answered, or the last copy of what this returns is gone: then the handler sees its
  // client leave.
  std::shared_ptr<void> ask(Question question, Answered answered);
  // Every client leaves; returns when all handlers have. Later questions are given up at once. Idempotent.
  void stop();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace peregrine::http
