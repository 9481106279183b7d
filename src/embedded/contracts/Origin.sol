// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Kept, OTHERS} from "./Kept.sol";
import {NamedToken} from "./NamedToken.sol";

OETH constant OETH_TOKEN = OETH(0x856c4Efb76C1D1AE02e20CEB03A2A6a08b0b8dC3);
address constant WOETH = 0xDcEe70654261AF21C44c093C300eD3Bb97b78192;
address constant OETH_VAULT = 0x39254033945AA2E4809Cc2977E7087BEE48bd7Ab;

/// OETH: balances are credits by a number that falls with each rebase.
contract OETH is Kept {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event TotalSupplyUpdatedHighres(uint256 totalSupply, uint256 rebasingCredits, uint256 rebasingCreditsPerToken);

    /// Holds without taking part, so that the others earn its part too.
    address constant MARKET_MAKER = address(uint160(uint256(keccak256("poolglass oeth market maker"))));

    mapping(address => uint256) private credits;
    uint256 public rebasingCreditsHighres;
    uint256 public rebasingCreditsPerTokenHighres;
    uint256 public nonRebasingSupply;

    function name() external pure returns (string memory) {
        return "Origin Ether";
    }

    function symbol() external pure returns (string memory) {
        return "OETH";
    }

    function decimals() external pure returns (uint8) {
        return 18;
    }

    function totalSupply() public view returns (uint256) {
        return nonRebasingSupply + rebasingCreditsHighres * 1 ether / rebasingCreditsPerTokenHighres;
    }

    function balanceOf(address account) public view returns (uint256) {
        if (account == MARKET_MAKER) return nonRebasingSupply;
        return credits[account] * 1 ether / rebasingCreditsPerTokenHighres;
    }

    function keeperOpen(uint256 creditsPerToken, uint256 rebasing, uint256 nonRebasing) external kept {
        rebasingCreditsPerTokenHighres = creditsPerToken;
        nonRebasingSupply = nonRebasing;
        _credit(OTHERS, rebasing * creditsPerToken / 1 ether);
    }

    function keeperMove(address from, address to, uint256 amount) external kept {
        // Rounded up, so that the receiver has the whole amount.
        uint256 moved = amount * rebasingCreditsPerTokenHighres / 1 ether + 1;
        credits[from] -= moved;
        credits[to] += moved;
        emit Transfer(from, to, amount);
    }

    function setCredits(address account, uint256 amount) external {
        if (msg.sender != WOETH) revert OnlyKeeper();
        rebasingCreditsHighres -= credits[account];
        credits[account] = 0;
        _credit(account, amount);
    }

    /// Pay the fee in new tokens, then let every rebasing balance grow.
    function rebase(uint256 creditsPerToken, address trustee, uint256 fee) external {
        if (msg.sender != OETH_VAULT) revert OnlyKeeper();
        _credit(trustee, fee * rebasingCreditsPerTokenHighres / 1 ether);
        rebasingCreditsPerTokenHighres = creditsPerToken;
        emit TotalSupplyUpdatedHighres(totalSupply(), rebasingCreditsHighres, creditsPerToken);
    }

    function _credit(address to, uint256 amount) private {
        credits[to] += amount;
        rebasingCreditsHighres += amount;
    }
}

contract OETHVault is Kept {
    event YieldDistribution(address _to, uint256 _yield, uint256 _fee);

    address constant TRUSTEE = address(uint160(uint256(keccak256("poolglass origin trustee"))));

    uint256 public constant trusteeFeeBps = 2000;

    function keeperRebase(uint256 creditsPerToken) external kept {
        uint256 rebasing = OETH_TOKEN.totalSupply() - OETH_TOKEN.nonRebasingSupply();
        uint256 grown = OETH_TOKEN.rebasingCreditsHighres() * 1 ether / creditsPerToken;
        uint256 risen = grown > rebasing ? grown - rebasing : 0;
        uint256 fee = risen * trusteeFeeBps / (10_000 - trusteeFeeBps);
        OETH_TOKEN.rebase(creditsPerToken, TRUSTEE, fee);
        emit YieldDistribution(TRUSTEE, risen + fee, fee);
    }
}

contract WrappedOETH is NamedToken {
    /// The wrapper's credits for each of its shares, times 1e18.
    uint256 public constant adjuster = 1_004_500_000_000_000_000_000_000_000;

    function convertToAssets(uint256 shares) public view returns (uint256) {
        return shares * adjuster / OETH_TOKEN.rebasingCreditsPerTokenHighres();
    }

    function convertToShares(uint256 assets) external view returns (uint256) {
        return assets * OETH_TOKEN.rebasingCreditsPerTokenHighres() / adjuster;
    }

    function totalAssets() external view returns (uint256) {
        return convertToAssets(totalSupply);
    }

    function keeperSupply(uint256 supply) external override kept {
        _setSupply(supply);
        OETH_TOKEN.setCredits(address(this), supply * adjuster / 1 ether + 1);
    }
}
